package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Which part of a record is, or answers, what at the other side. */
public record EntryMatches(Store store) {
    /**
     * A part that stands for those that a window of creation does not show: once they are shown, they are as old as it (mapping
     * facts R22).
     */
    public static final String HIDDEN = "hidden-by-shape";

    private static final int MOST_OF_STATES = 600;

    /** All matches of this record, and all of other records with the same counterpart. */
    public List<EntryMatch> around(String flow, String record, Optional<String> counterpart) {
        return store.read(handle -> handle.createQuery("select * from tie where flow = :flow and record = :record"
                        + " union select * from tie where flow = :flow and twin = :twin"
                        + " order by first_seen_at, entry")
                .bind("flow", flow)
                .bind("record", record)
                .bind("twin", counterpart.orElse(""))
                .map(EntryMatches::match)
                .list());
    }

    /** All matches of whatever records with this counterpart. */
    public List<EntryMatch> ofCounterpart(String counterpart) {
        return store.read(
                handle -> handle.createQuery("select * from tie where twin = :twin order by first_seen_at, entry")
                        .bind("twin", counterpart)
                        .map(EntryMatches::match)
                        .list());
    }

    /** Notes when each part of the records was first seen, and in which state each is now, if that is another one. */
    public static void seen(Handle handle, String flow, List<Mark> marks, Instant now) {
        record Part(String record, String entry, String states) {}
        List<Mark> ofParts =
                marks.stream().filter(mark -> !mark.parts().isEmpty()).toList();
        if (ofParts.isEmpty()) {
            return;
        }
        Map<List<String>, String> known = states(handle, flow, ofParts);
        List<Part> changed = new ArrayList<>();
        ofParts.forEach(mark -> mark.parts().forEach((entry, state) -> {
            String before = known.get(List.of(mark.record(), entry));
            String states = with(before == null ? "" : before, state);
            if (!states.equals(before)) {
                changed.add(new Part(mark.record(), entry, states));
            }
        }));
        Batches.upsert(handle, changed, """
                update tie set states = :states where flow = :flow and record = :record and entry = :entry
                """, """
                insert into tie (flow, record, entry, states, first_seen_at)
                values (:flow, :record, :entry, :states, coalesce(
                  (select first_seen_at from tie where flow = :flow and record = :record and entry = :hidden), :now))
                """, (batch, part) -> batch.bind("flow", flow)
                .bind("record", part.record())
                .bind("entry", part.entry())
                .bind("states", part.states())
                .bind("hidden", HIDDEN)
                .bind("now", now));
        List<Mark> shown = ofParts.stream()
                .filter(mark -> !mark.hidden() && known.containsKey(List.of(mark.record(), HIDDEN)))
                .toList();
        Batches.run(
                handle,
                shown,
                "delete from tie where flow = :flow and record = :record and entry = :hidden",
                (batch, mark) ->
                        batch.bind("flow", flow).bind("record", mark.record()).bind("hidden", HIDDEN));
    }

    private static Map<List<String>, String> states(Handle handle, String flow, List<Mark> marks) {
        Map<List<String>, String> states = new HashMap<>();
        handle.createQuery("""
                        select tie.record, tie.entry, tie.states from unnest(:records) as named (name)
                          join tie on tie.flow = :flow and tie.record = named.name
                        """)
                .bind("flow", flow)
                .bindArray(
                        "records",
                        String.class,
                        marks.stream().map(Mark::record).distinct().toList())
                .map((row, context) -> Map.entry(
                        List.of(row.getString("record"), row.getString("entry")),
                        Objects.requireNonNullElse(row.getString("states"), "")))
                .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        return states;
    }

    /** The first state is kept, and of the others the newest for which there is room. */
    private static String with(String states, String state) {
        List<String> all = new ArrayList<>(list(states));
        if (!all.isEmpty() && all.get(all.size() - 1).equals(state)) {
            return states;
        }
        all.add(state);
        while (String.join(",", all).length() > MOST_OF_STATES && all.size() > 2) {
            all.remove(1);
        }
        return String.join(",", all);
    }

    private static List<String> list(String states) {
        return states == null || states.isEmpty() ? List.of() : List.of(states.split(","));
    }

    public static void save(Handle handle, String flow, List<EntryMatch> matches) {
        Batches.upsert(handle, matches, """
                update tie set twin = :counterpart, role = :role, row_id = :rowId, referral_id = :referralId, shows = :shows
                 where flow = :flow and record = :record and entry = :entry
                """, """
                insert into tie (flow, record, entry, twin, role, row_id, referral_id, shows, first_seen_at)
                values (:flow, :record, :entry, :counterpart, :role, :rowId, :referralId, :shows, :firstSeenAt)
                """, (batch, match) -> batch.bindMethods(match)
                .bind("flow", flow));
    }

    /** Whether a window of creation has hidden parts of this record. */
    public static boolean hidden(Handle handle, String flow, String record) {
        return handle.createQuery("select 1 from tie where flow = :flow and record = :record and entry = :hidden")
                .bind("flow", flow)
                .bind("record", record)
                .bind("hidden", HIDDEN)
                .mapTo(Integer.class)
                .findOne()
                .isPresent();
    }

    private static EntryMatch match(ResultSet row, StatementContext context) throws SQLException {
        return new EntryMatch(
                row.getString("record"),
                row.getString("entry"),
                Optional.ofNullable(row.getString("twin")),
                Optional.ofNullable(row.getString("role")),
                Optional.ofNullable(row.getString("row_id")),
                Optional.ofNullable(row.getString("referral_id")),
                Optional.ofNullable(row.getString("shows")),
                list(row.getString("states")),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant());
    }
}
