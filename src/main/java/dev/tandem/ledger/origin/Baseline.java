package dev.tandem.ledger.origin;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.effects.Candidate;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What is older than a ledger, written before the ledger itself is committed (protocol 8). Committed in
 * pieces, so that nothing of both systems is held in memory; what a failed initialisation left is removed by the next one.
 */
public final class Baseline {
    /** How a ledger begins after a loss. */
    public static final String RECOVER = "recover";

    private static final String UNDECIDED = "?";

    /**
     * A record that existed before.
     *
     * @param number the number under which its system knows the person
     * @param externalId the other system's id that it holds
     */
    public record Existing(String record, Optional<String> number, Optional<String> externalId) {}

    /**
     * A record of the other system that may be the counterpart of some.
     *
     * @param externalId the id of it that the others would hold
     * @param number the number of the person, if it is known there
     */
    public record Counterpart(String id, Optional<String> externalId, Optional<String> number) {}

    private final Store store;
    private volatile LedgerOrigin origin;

    public Baseline(Store store) {
        this.store = store;
    }

    void during(LedgerOrigin newOrigin, Runnable reading) {
        store.run(Baseline::removeWhatAnotherLeft);
        origin = newOrigin;
        try {
            reading.run();
            store.run(handle -> handle.createUpdate("update link set twin = null where twin = :undecided")
                    .bind("undecided", UNDECIDED)
                    .execute());
        } finally {
            origin = null;
        }
    }

    private static void removeWhatAnotherLeft(Handle handle) {
        for (String table : List.of("link", "effect", "journal")) {
            handle.createUpdate("delete from " + table).execute();
        }
    }

    /** The moment before which everything is old: {@link LedgerOrigin#responsibleSince}. */
    public Instant until() {
        return underWay().responsibleSince().orElseThrow();
    }

    private LedgerOrigin underWay() {
        if (origin == null) {
            throw new IllegalStateException("only a ledger that is being initialised has a baseline to write");
        }
        return origin;
    }

    /** Notes that these records are older than the ledger; one that is named twice is one. */
    public void existed(String flow, List<Existing> records) {
        Instant now = underWay().initialisedAt();
        Map<String, Existing> byName = new LinkedHashMap<>();
        records.forEach(record -> byName.put(record.record(), record));
        if (byName.isEmpty()) {
            return;
        }
        store.run(handle -> {
            Set<String> known = known(handle, flow, byName.keySet());
            List<Existing> fresh = byName.values().stream()
                    .filter(record -> !known.contains(record.record()))
                    .toList();
            Batches.run(handle, fresh, """
                    insert into link (flow, record, number, external_id, first_seen_at, existed_before)
                    values (:flow, :record, :number, :externalId, :now, true)
                    """, (batch, record) -> batch.bindMethods(record)
                    .bind("flow", flow)
                    .bind("now", now));
        });
    }

    private static Set<String> known(Handle handle, String flow, Collection<String> records) {
        return handle.createQuery("""
                        select link.record from unnest(:records) as named (name)
                          join link on link.flow = :flow and link.record = named.name
                        """)
                .bind("flow", flow)
                .bindArray("records", String.class, records)
                .mapTo(String.class)
                .set();
    }

    /**
     * Links records that existed to their counterparts: by the id that they hold, else by the number. Where more than one counterpart would
     * do, none is taken: whoever works on the record says so.
     */
    public void linked(String flow, List<Counterpart> counterparts) {
        underWay();
        store.run(handle -> {
            link(handle, flow, counterparts, "external_id = :key", Counterpart::externalId);
            link(handle, flow, counterparts, "external_id is null and number = :key", Counterpart::number);
        });
    }

    private static void link(
            Handle handle,
            String flow,
            List<Counterpart> counterparts,
            String which,
            Function<Counterpart, Optional<String>> key) {
        List<Counterpart> keyed = counterparts.stream()
                .filter(counterpart -> key.apply(counterpart).isPresent())
                .toList();
        Batches.run(handle, keyed, """
                update link set twin = case when coalesce(twin, :id) = :id then :id else :undecided end
                 where flow = :flow and existed_before and %s
                """.formatted(which), (batch, counterpart) -> batch.bind("flow", flow)
                .bind("id", counterpart.id())
                .bind("key", key.apply(counterpart))
                .bind("undecided", UNDECIDED));
    }

    /**
     * Writes down, of what a record would owe, what is older than the ledger; a record that is named again replaces what was
     * written.
     *
     * @param changed when the record was last changed: what has no time of its own is not younger than that
     */
    public void owed(String flow, String record, List<JsonNode> candidates, Instant changed) {
        LedgerOrigin now = underWay();
        Set<String> keys = new HashSet<>();
        List<Candidate> older = candidates.stream()
                .map(Candidate::new)
                .filter(candidate -> candidate.at().orElse(changed).isBefore(until()))
                .filter(candidate -> keys.add(candidate.key()))
                .toList();
        store.run(handle -> {
            handle.createUpdate("delete from effect where flow = :flow and record = :record")
                    .bind("flow", flow)
                    .bind("record", record)
                    .execute();
            older.forEach(candidate -> save(handle, effect(flow, record, candidate, now)));
        });
    }

    private static Effect effect(String flow, String record, Candidate candidate, LedgerOrigin origin) {
        Effect fresh = Effect.fresh(flow, record, candidate.key(), candidate.kind());
        if (origin.mode().equals(RECOVER) && candidate.at().isPresent()) {
            return fresh.mayHaveBeenSent(origin.initialisedAt(), "may have been sent before the ledger was lost");
        }
        return fresh.confirmed(candidate.confirmedValue().orElse("")).baseline();
    }

    private void save(Handle handle, Effect effect) {
        Journal.write(handle, store.now(), Effects.save(handle, effect, store.now()), "baseline", null);
    }

    /** How many records are linked to a counterpart. */
    public long links(String flow) {
        return count(flow, "twin is not null");
    }

    /** How many records existed before and have no counterpart. */
    public long strangers(String flow) {
        return count(flow, "twin is null and existed_before");
    }

    private long count(String flow, String which) {
        return store.read(handle -> handle.createQuery("select count(*) from link where flow = :flow and " + which)
                .bind("flow", flow)
                .mapTo(Long.class)
                .one());
    }
}
