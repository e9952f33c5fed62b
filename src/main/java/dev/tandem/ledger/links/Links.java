package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/** Which record of the one system belongs to which of the other. */
public record Links(Store store) {
    /** All records linked to this counterpart. */
    public List<Link> ofCounterpart(String counterpart) {
        return store.read(handle ->
                links(handle.createQuery("select * from link where twin = :twin order by first_seen_at, record")
                        .bind("twin", counterpart)));
    }

    /** The link of one record, if it was ever seen. */
    public Optional<Link> of(String flow, String record) {
        return store
                .read(handle -> links(handle.createQuery("select * from link where flow = :flow and record = :record")
                        .bind("flow", flow)
                        .bind("record", record)))
                .stream()
                .findFirst();
    }

    private List<Link> links(Query query) {
        return query.map(this::link).list();
    }

    private Link link(ResultSet row, StatementContext context) throws SQLException {
        byte[] payload = row.getBytes("known_payload");
        return new Link(
                row.getString("record"),
                Optional.ofNullable(row.getString("twin")),
                row.getBoolean("existed_before"),
                row.getBoolean("by_hand"),
                payload == null
                        ? Optional.empty()
                        : store.seal()
                                .open(
                                        new Seal.Sealed(row.getString("known_key"), payload),
                                        Seal.place("link", row.getString("flow"), row.getString("record"))));
    }

    /** The counterparts from which a person has unlinked the record: no rule links it to one of them. */
    public Set<String> unlinked(String flow, String record) {
        return store.read(
                handle -> handle.createQuery("select twin from unlinked where flow = :flow and record = :record")
                        .bind("flow", flow)
                        .bind("record", record)
                        .mapTo(String.class)
                        .set());
    }

    /** The flow's records that are linked to one of these counterparts, or whose latest state bears one of the names. */
    public static List<String> recordsNaming(Handle handle, String flow, Collection<String> names) {
        return keys(handle, "=", flow, names).stream().map(ItemKey::record).toList();
    }

    /** The same of all other flows. */
    public static List<ItemKey> others(Handle handle, String flow, Collection<String> names) {
        return keys(handle, "<>", flow, names);
    }

    /** One column at a time: for three joined by "or", H2 reads all the links there are. */
    private static List<ItemKey> keys(Handle handle, String is, String flow, Collection<String> names) {
        return handle.createQuery("""
                        select flow, record from link where twin = any(:names) and flow <is> :flow
                        union select flow, record from link where external_id = any(:names) and flow <is> :flow
                        union select flow, record from link where number = any(:names) and flow <is> :flow
                        """)
                .define("is", is)
                .bind("flow", flow)
                .bindArray("names", String.class, names)
                .map(ItemKey.MAPPER)
                .list();
    }

    /** The next mark of each record linked to this counterpart counts as one that shows something new. */
    public static void forgetWhatCounterpartsShow(Handle handle, String flow, String counterpart) {
        List<ItemKey> records = handle.createQuery("select flow, record from link where twin = :twin and flow = :flow")
                .bind("twin", counterpart)
                .bind("flow", flow)
                .map(ItemKey.MAPPER)
                .list();
        Batches.run(
                handle,
                records,
                "update link set shows = null where flow = :flow and record = :record",
                PreparedBatch::bindMethods);
        forgetFingerprints(handle, records);
    }

    /** The next mark of each of these records is worked, whatever it shows. */
    public static void forgetFingerprints(Handle handle, List<ItemKey> records) {
        Batches.run(handle, records, """
                update work_item set fingerprint = null, window_fingerprint = null
                 where flow = :flow and record = :record and state = 'settled'
                   and (fingerprint is not null or window_fingerprint is not null)
                """, PreparedBatch::bindMethods);
    }

    /** What the records' latest states name: those that name nothing are left out. */
    public static void seen(Handle handle, String flow, List<Mark> marks, Instant now) {
        List<Mark> naming = marks.stream()
                .filter(mark -> mark.number().isPresent() || mark.externalId().isPresent())
                .toList();
        Batches.upsert(handle, naming, """
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

    /** Links the record to its counterpart and keeps what was seen of it; a known counterpart is not lost by an unknown one. */
    public static void save(
            Handle handle,
            Seal seal,
            String flow,
            String record,
            Optional<String> counterpart,
            Optional<byte[]> known) {
        Optional<Seal.Sealed> sealed = known.map(payload -> seal.seal(payload, Seal.place("link", flow, record)));
        handle.createUpdate("""
                        update link set by_hand = (by_hand and twin = coalesce(:twin, twin)),
                               twin = coalesce(:twin, twin), known_key = coalesce(:key, known_key),
                               known_payload = coalesce(:payload, known_payload)
                         where flow = :flow and record = :record
                        """)
                .bind("twin", counterpart.orElse(null))
                .bind("key", sealed.map(Seal.Sealed::keyId).orElse(null))
                .bind("payload", sealed.map(Seal.Sealed::bytes).orElse(null))
                .bind("flow", flow)
                .bind("record", record)
                .execute();
    }
}
