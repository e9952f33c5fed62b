package dev.tandem.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** Which part of a record is, or answers, what at the other side. */
public final class Ties {
    private final Transactions transactions;

    Ties(Transactions transactions) {
        this.transactions = transactions;
    }

    /** All ties of this record, and all of other records with the same twin. */
    public List<Tie> around(String flow, String record, Optional<String> twin) {
        return transactions.read(
                handle -> handle.createQuery("select * from tie where flow = :flow and record = :record"
                                + " union select * from tie where flow = :flow and twin = :twin"
                                + " order by first_seen_at, entry")
                        .bind("flow", flow)
                        .bind("record", record)
                        .bind("twin", twin.orElse(""))
                        .map((row, context) -> tie(row))
                        .list());
    }

    /** All ties of whatever records with this twin. */
    public List<Tie> ofTwin(String twin) {
        return transactions.read(
                handle -> handle.createQuery("select * from tie where twin = :twin order by first_seen_at, entry")
                        .bind("twin", twin)
                        .map((row, context) -> tie(row))
                        .list());
    }

    /** Notes those parts of the records that were never seen before; the others stay as they are. */
    static void seen(Handle handle, String flow, List<Mark> marks, Instant now) {
        record Part(String record, String entry, String shows) {}
        List<Part> parts = new ArrayList<>();
        marks.forEach(mark -> mark.parts().forEach((entry, shows) -> parts.add(new Part(mark.record(), entry, shows))));
        Upserts.run(handle, parts, """
                update tie set shows = shows where flow = :flow and record = :record and entry = :entry
                """, """
                insert into tie (flow, record, entry, shows, first_seen_at)
                values (:flow, :record, :entry, :shows, :now)
                """, (batch, part) -> batch.bind("flow", flow)
                .bind("record", part.record())
                .bind("entry", part.entry())
                .bind("shows", part.shows())
                .bind("now", now));
    }

    static void save(Handle handle, String flow, Tie tie) {
        int updated = bound(handle.createUpdate("""
                                update tie set twin = :twin, role = :role, row_id = :rowId, referral_id = :referralId,
                                       shows = :shows
                                 where flow = :flow and record = :record and entry = :entry
                                """), flow, tie).execute();
        if (updated == 0) {
            insert(handle, flow, tie);
        }
    }

    private static void insert(Handle handle, String flow, Tie tie) {
        Transactions.insertedOrThere(handle, () -> bound(handle.createUpdate("""
                                insert into tie (flow, record, entry, twin, role, row_id, referral_id, shows,
                                  first_seen_at)
                                values (:flow, :record, :entry, :twin, :role, :rowId, :referralId, :shows, :first)
                                """), flow, tie)
                .bind("first", tie.firstSeenAt())
                .execute());
    }

    private static Update bound(Update update, String flow, Tie tie) {
        return update.bind("flow", flow)
                .bind("record", tie.record())
                .bind("entry", tie.entry())
                .bind("twin", tie.twin().orElse(null))
                .bind("role", tie.role().orElse(null))
                .bind("rowId", tie.rowId().orElse(null))
                .bind("referralId", tie.referralId().orElse(null))
                .bind("shows", tie.shows().orElse(null));
    }

    private static Tie tie(ResultSet row) throws SQLException {
        return new Tie(
                row.getString("record"),
                row.getString("entry"),
                Optional.ofNullable(row.getString("twin")),
                Optional.ofNullable(row.getString("role")),
                Optional.ofNullable(row.getString("row_id")),
                Optional.ofNullable(row.getString("referral_id")),
                Optional.ofNullable(row.getString("shows")),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant());
    }
}
