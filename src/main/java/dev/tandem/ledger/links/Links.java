package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Transactions;
import dev.tandem.ledger.storage.Upserts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which record of the one system belongs to which of the other. */
public final class Links {
    private static final String COLUMNS =
            "record, twin, number, external_id, first_seen_at, existed_before, known_key, known_payload";

    private final Transactions transactions;
    private final Seal seal;

    public Links(Transactions transactions, Seal seal) {
        this.transactions = transactions;
        this.seal = seal;
    }

    /** All records linked to this twin. */
    public List<Link> ofTwin(String twin) {
        return transactions.read(handle -> handle.createQuery(
                        "select " + COLUMNS + " from link where twin = :twin order by first_seen_at, record")
                .bind("twin", twin)
                .map((row, context) -> link(row))
                .list());
    }

    /** The link of one record, if it was ever seen. */
    public Optional<Link> of(String flow, String record) {
        return transactions.read(
                handle -> handle.createQuery("select " + COLUMNS + " from link where flow = :flow and record = :record")
                        .bind("flow", flow)
                        .bind("record", record)
                        .map((row, context) -> link(row))
                        .findOne());
    }

    /** All records whose latest state names the other system's id or the number, linked or not. */
    public List<Link> naming(Collection<String> externalIdsAndNumbers) {
        if (externalIdsAndNumbers.isEmpty()) {
            return List.of();
        }
        return transactions.read(handle -> handle.createQuery("select " + COLUMNS
                        + " from link where external_id in (<names>) union select " + COLUMNS
                        + " from link where number in (<names>) order by record")
                .bindList("names", externalIdsAndNumbers)
                .map((row, context) -> link(row))
                .list());
    }

    public record Key(String flow, String record) {}

    /** The flow's records that are linked to one of these twins, or whose latest state bears one of the names. */
    public static List<String> recordsNaming(Handle handle, String flow, Collection<String> names) {
        return keys(handle, "=", flow, names).stream().map(Key::record).toList();
    }

    /** The same of all other flows. */
    public static List<Key> others(Handle handle, String flow, Collection<String> names) {
        return keys(handle, "<>", flow, names);
    }

    /** One column at a time: for three joined by "or", H2 reads all the links there are. */
    private static List<Key> keys(Handle handle, String is, String flow, Collection<String> names) {
        return handle.createQuery("""
                        select flow, record from link where twin = any(:names) and flow <is> :flow
                        union select flow, record from link where external_id = any(:names) and flow <is> :flow
                        union select flow, record from link where number = any(:names) and flow <is> :flow
                        """)
                .define("is", is)
                .bind("flow", flow)
                .bindArray("names", String.class, names)
                .map((row, context) -> new Key(row.getString("flow"), row.getString("record")))
                .list();
    }

    /** The next mark of each record linked to this twin counts as one that shows something new. */
    public static void forgetWhatTwinsShow(Handle handle, String flow, String twin) {
        List<String> records = handle.createQuery("select record from link where twin = :twin and flow = :flow")
                .bind("twin", twin)
                .bind("flow", flow)
                .mapTo(String.class)
                .list();
        for (String record : records) {
            handle.createUpdate("update link set shows = null where flow = :flow and record = :record")
                    .bind("flow", flow)
                    .bind("record", record)
                    .execute();
            handle.createUpdate("""
                            update work_item set fingerprint = null, window_fingerprint = null
                             where flow = :flow and record = :record and state = 'settled'
                            """).bind("flow", flow).bind("record", record).execute();
        }
    }

    /** What the records' latest states name: those that name nothing are left out. */
    public static void seen(Handle handle, String flow, List<Mark> marks, Instant now) {
        List<Mark> naming = marks.stream()
                .filter(mark -> mark.number().isPresent() || mark.externalId().isPresent())
                .toList();
        Upserts.run(handle, naming, """
                update link set number = :number, external_id = :externalId
                 where flow = :flow and record = :record
                """, """
                insert into link (flow, record, number, external_id, first_seen_at, existed_before)
                values (:flow, :record, :number, :externalId, :now, false)
                """, (batch, mark) -> batch.bind("flow", flow)
                .bind("record", mark.record())
                .bind("number", mark.number().orElse(null))
                .bind("externalId", mark.externalId().orElse(null))
                .bind("now", now));
    }

    /** Links the record to its twin and keeps what was seen of it; a known twin is not lost by an unknown one. */
    public void save(Handle handle, String flow, String record, Optional<String> twin, Optional<byte[]> known) {
        Optional<Seal.Sealed> sealed = known.map(seal::seal);
        handle.createUpdate("""
                        update link set twin = coalesce(:twin, twin), known_key = coalesce(:key, known_key),
                               known_payload = coalesce(:payload, known_payload)
                         where flow = :flow and record = :record
                        """)
                .bind("twin", twin.orElse(null))
                .bind("key", sealed.map(Seal.Sealed::keyId).orElse(null))
                .bind("payload", sealed.map(Seal.Sealed::bytes).orElse(null))
                .bind("flow", flow)
                .bind("record", record)
                .execute();
    }

    private Link link(ResultSet row) throws SQLException {
        byte[] payload = row.getBytes("known_payload");
        return new Link(
                row.getString("record"),
                Optional.ofNullable(row.getString("twin")),
                Optional.ofNullable(row.getString("number")),
                Optional.ofNullable(row.getString("external_id")),
                row.getObject("first_seen_at", OffsetDateTime.class).toInstant(),
                row.getBoolean("existed_before"),
                payload == null ? Optional.empty() : seal.open(new Seal.Sealed(row.getString("known_key"), payload)));
    }
}
