package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Transactions;
import dev.tandem.ledger.storage.Upserts;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The newest state of a record that cannot be read again from its source: encrypted, and gone once it is settled. */
public final class Snapshots {
    private final Transactions transactions;
    private final Seal seal;

    public Snapshots(Transactions transactions, Seal seal) {
        this.transactions = transactions;
        this.seal = seal;
    }

    /** @param readAt when it was read from the source, which is after its request began */
    public record Snapshot(byte[] payload, Instant requestedAt, Instant readAt) {}

    private record Row(Seal.Sealed sealed, Instant requestedAt, Instant readAt) {}

    /** The payload of the record's last mark, if it is still kept and its key is known. */
    public Optional<Snapshot> latest(String flow, String record) {
        return latest("snapshot", flow, record);
    }

    /** The same of its last mark from a window of creation, which never replaces the other (protocol 6). */
    public Optional<Snapshot> latestInWindow(String flow, String record) {
        return latest("windowed_snapshot", flow, record);
    }

    /** Whether there is either. */
    public boolean has(String flow, String record) {
        return transactions.read(handle -> !kept(handle, flow, List.of(record)).isEmpty());
    }

    private Optional<Snapshot> latest(String table, String flow, String record) {
        return transactions
                .read(handle -> handle.createQuery("select key_id, payload, requested_at, read_at from <table>"
                                + " where flow = :flow and record = :record")
                        .define("table", table)
                        .bind("flow", flow)
                        .bind("record", record)
                        .map((row, context) -> new Row(
                                new Seal.Sealed(row.getString("key_id"), row.getBytes("payload")),
                                row.getObject("requested_at", OffsetDateTime.class)
                                        .toInstant(),
                                row.getObject("read_at", OffsetDateTime.class).toInstant()))
                        .findOne())
                .flatMap(row ->
                        seal.open(row.sealed()).map(payload -> new Snapshot(payload, row.requestedAt(), row.readAt())));
    }

    /** An older one, by the time its request began, never replaces a newer one. */
    public static void keep(Handle handle, String flow, List<Mark> marks, Seal seal, Instant now) {
        Map<Boolean, List<Mark>> carrying = marks.stream()
                .filter(mark -> mark.payload().isPresent())
                .collect(Collectors.partitioningBy(mark -> mark.inWindow().isPresent()));
        keep(handle, "snapshot", flow, carrying.get(false), seal, now);
        keep(handle, "windowed_snapshot", flow, carrying.get(true), seal, now);
    }

    private static void keep(Handle handle, String table, String flow, List<Mark> marks, Seal seal, Instant now) {
        Upserts.run(handle, marks, """
                update %s set generation =
                       (select generation from work_item where flow = :flow and record = :record),
                       requested_at = :requested, read_at = :now, key_id = :key, payload = :payload
                 where flow = :flow and record = :record and requested_at <= :requested
                """.formatted(table), """
                insert into %s (flow, record, generation, requested_at, read_at, key_id, payload)
                values (:flow, :record, (select generation from work_item where flow = :flow and record = :record),
                  :requested, :now, :key, :payload)
                """.formatted(table), (batch, mark) -> {
            Seal.Sealed sealed = seal.seal(mark.payload().orElseThrow());
            batch.bind("flow", flow)
                    .bind("record", mark.record())
                    .bind("requested", mark.requestedAt())
                    .bind("now", now)
                    .bind("key", sealed.keyId())
                    .bind("payload", sealed.bytes());
        });
    }

    /** Those of these records of which a payload is kept. */
    public static Set<String> kept(Handle handle, String flow, Collection<String> records) {
        return Set.copyOf(handle.createQuery("""
                        select kept.record from unnest(:records) as named (name)
                          join snapshot kept on kept.flow = :flow and kept.record = named.name
                        union
                        select kept.record from unnest(:records) as named (name)
                          join windowed_snapshot kept on kept.flow = :flow and kept.record = named.name
                        """)
                .bind("flow", flow)
                .bindArray("records", String.class, records)
                .mapTo(String.class)
                .list());
    }

    public static void dropUpTo(Handle handle, String flow, String record, long generation) {
        for (String table : List.of("snapshot", "windowed_snapshot")) {
            handle.createUpdate(
                            "delete from <table> where flow = :flow and record = :record and generation <= :generation")
                    .define("table", table)
                    .bind("flow", flow)
                    .bind("record", record)
                    .bind("generation", generation)
                    .execute();
        }
    }
}
