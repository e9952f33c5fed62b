package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.SimClock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Saves cases as Primero does: reduce, validate, merge, side effects, stamp, write the whole record. */
final class Cases {
    /** What a save came to: the new state and the names of the changed fields. */
    record Saved(Stored row, Set<String> changed) {}

    private final CaseStore store = new CaseStore();
    private final WriteLog writes = new WriteLog();
    private final Lock saving = new ReentrantLock();
    private final SimClock clock;
    private final WriteMask mask;
    private final Validation validation;
    private final Effects effects;
    private final BiConsumer<String, String> events;
    /** What comes between the reading and the writing of the next save of a case, by its id; mostly nothing. */
    private volatile Function<String, Optional<Runnable>> window = id -> Optional.empty();

    Cases(Configuration configuration, Version version, SimClock clock, BiConsumer<String, String> events) {
        this.clock = clock;
        this.mask = new WriteMask(configuration, version);
        this.validation = new Validation(configuration, version);
        this.effects = new Effects(configuration);
        this.events = events;
    }

    CaseStore store() {
        return store;
    }

    WriteLog writes() {
        return writes;
    }

    /** Opens the window of contract §3.10: what it gives runs between reading and writing the record, without any lock. */
    void window(Function<String, Optional<Runnable>> opened) {
        window = opened;
    }

    Stored get(String id) {
        return store.find(id).orElseThrow(() -> ApiError.notFound("Child with 'id'=" + id));
    }

    Saved create(ObjectNode sent, Account caller) {
        ObjectNode data = mask.forCreate(sent, caller.role());
        check(sent, data);
        String id = data.hasNonNull("id")
                ? data.remove("id").asText()
                : UUID.randomUUID().toString();
        Instant now = clock.now();
        Validation.normalise(data);
        data.remove(WriteMask.SYNC);
        defaults(data, caller, now);
        Merge.stampRows(data);
        effects.apply(Json.object(), data, now, caller.userName());
        stamp(data, now, caller.userName());
        Stored row = new Stored(id, data);
        store.insert(row);
        writes.add(new Write(id, now, Write.Kind.CREATE, caller.userName(), Set.of()));
        events.accept("case.create", id);
        return new Saved(row, Set.of());
    }

    /** Puts a record in as it is, such as an import left it: no validation, no webhook. */
    Stored plant(ObjectNode data) {
        Instant now = clock.now();
        ObjectNode planted = data.deepCopy();
        String id = planted.hasNonNull("id")
                ? planted.remove("id").asText()
                : UUID.randomUUID().toString();
        planted.remove("id");
        defaults(planted, null, now);
        Merge.stampRows(planted);
        JsonNode updated = planted.get("last_updated_at");
        effects.apply(Json.object(), planted, now, "import");
        if (updated == null) {
            stamp(planted, now, planted.path("owned_by").asText("import"));
        }
        Stored row = new Stored(id, planted);
        store.insert(row);
        return row;
    }

    Saved patch(String id, ObjectNode sent, Account caller) {
        Stored row = get(id);
        ObjectNode data =
                mask.forUpdate(sent, caller.role(), row.data().path("module_id").asText());
        check(sent, data);
        Validation.normalise(data);
        return save(id, Write.Kind.UPDATE, caller.userName(), old -> (ObjectNode) Merge.merge(old, data));
    }

    /**
     * Every save stamps the record and fires {@code case.update}, whether it changes anything or not.
     *
     * @param user who is stamped as the last to update it; null leaves that as it was (contract §4.4, trap 18)
     */
    Saved save(String id, Write.Kind kind, String user, UnaryOperator<ObjectNode> change) {
        Optional<Runnable> between = window.apply(id);
        if (between.isPresent()) {
            Saved read = changed(id, user, change);
            between.get().run();
            return locked(() -> written(read, kind, user));
        }
        return locked(() -> written(changed(id, user, change), kind, user));
    }

    private Saved locked(Supplier<Saved> save) {
        saving.lock();
        try {
            return save.get();
        } finally {
            saving.unlock();
        }
    }

    /** Reads the record and changes it, all but the writing. */
    private Saved changed(String id, String user, UnaryOperator<ObjectNode> change) {
        Instant now = clock.now();
        ObjectNode old = get(id).data();
        ObjectNode next = change.apply(old.deepCopy());
        Merge.stampRows(next);
        effects.apply(old, next, now, user);
        Set<String> changed = changed(old, next);
        stamp(next, now, user);
        return new Saved(new Stored(id, next), changed);
    }

    /** Writes the whole of it, whatever the record has become since it was read. */
    private Saved written(Saved saved, Write.Kind kind, String user) {
        Stored row = saved.row();
        store.replace(row);
        writes.add(new Write(row.id(), row.lastUpdatedAt(), kind, user, saved.changed()));
        events.accept("case.update", row.id());
        return saved;
    }

    private void check(ObjectNode sent, ObjectNode kept) {
        List<String> faults = new ArrayList<>(mask.unknown(sent, kept));
        faults.addAll(validation.faults(kept));
        if (!faults.isEmpty()) {
            throw ApiError.invalid(faults);
        }
        String birth = Effects.text(kept, "date_of_birth");
        if (birth != null
                && LocalDate.parse(birth).getYear()
                        > LocalDate.ofInstant(clock.now(), ZoneOffset.UTC).getYear()) {
            throw ApiError.model("date_of_birth", "errors.models.child.date_of_birth");
        }
    }

    /** Contract primero-v2 §3.1, §3.3. */
    private static void defaults(ObjectNode data, Account caller, Instant now) {
        String unique = UUID.randomUUID().toString();
        String shortId = unique.substring(unique.length() - 7);
        absent(data, "unique_identifier", unique);
        absent(data, "case_id", unique);
        absent(data, "short_id", shortId);
        absent(data, "case_id_display", shortId);
        absent(data, "status", "open");
        absent(
                data,
                "registration_date",
                LocalDate.ofInstant(now, ZoneOffset.UTC).toString());
        absent(data, "workflow", "new");
        absent(data, "created_at", Times.text(now));
        if (!data.has("record_state")) {
            data.put("record_state", true);
        }
        if (!data.has("case_status_reopened")) {
            data.put("case_status_reopened", false);
        }
        if (!data.has("reopened_logs")) {
            data.putArray("reopened_logs");
        }
        if (caller != null) {
            // Null, too, makes the caller the owner (contract primero-v2 §11).
            if (!data.hasNonNull("owned_by")) {
                data.put("owned_by", caller.userName());
            }
            data.put("created_by", caller.userName());
            data.put("created_organization", caller.agency());
            data.set("created_by_groups", Json.strings(caller.groups()));
        }
    }

    private static void absent(ObjectNode data, String name, String value) {
        if (!data.hasNonNull(name)) {
            data.put(name, value);
        }
    }

    private static void stamp(ObjectNode data, Instant now, String user) {
        data.put("last_updated_at", Times.text(now));
        if (user != null) {
            data.put("last_updated_by", user);
        }
    }

    private static Set<String> changed(ObjectNode old, ObjectNode next) {
        Set<String> names = new TreeSet<>();
        next.properties().forEach(entry -> {
            if (!entry.getValue().equals(old.get(entry.getKey()))) {
                names.add(entry.getKey());
            }
        });
        return names;
    }
}
