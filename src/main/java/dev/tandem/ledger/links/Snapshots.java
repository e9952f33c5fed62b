package dev.tandem.ledger.links;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The newest state of a record that cannot be read again from its source: encrypted, and gone once it is settled. */
public record Snapshots(Store store) {
    /** @param readAt when it was read from the source, which is after its request began */
    public record Snapshot(byte[] payload, Instant requestedAt, Instant readAt) {}

    private record Row(String keyId, byte[] payload, Instant requestedAt, Instant readAt) {}

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
        return store.read(handle -> !kept(handle, flow, List.of(record)).isEmpty());
    }

    /** How many kept payloads are encrypted under a key that is not known: asked once, since keys change at a start only. */
    public long unreadable() {
        return store.read(handle -> handle.createQuery("""
                        select (select count(*) from snapshot where key_id not in (<keys>))
                             + (select count(*) from windowed_snapshot where key_id not in (<keys>))
                             + (select count(*) from link where known_key not in (<keys>))
                        """)
                .bindList("keys", List.copyOf(store.seal().keyIds()))
                .mapTo(Long.class)
                .one());
    }

    private Optional<Snapshot> latest(String table, String flow, String record) {
        return store.read(handle -> handle.createQuery("select * from <table> where flow = :flow and record = :record")
                        .define("table", table)
                        .bind("flow", flow)
                        .bind("record", record)
                        .map(ConstructorMapper.of(Row.class))
                        .findOne())
                .flatMap(row -> store.seal()
                        .open(new Seal.Sealed(row.keyId(), row.payload()), Seal.place(table, flow, record))
                        .map(payload -> new Snapshot(payload, row.requestedAt(), row.readAt())));
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
        Batches.upsert(handle, marks, """
                update %s set generation =
                       (select generation from work_item where flow = :flow and record = :record),
                       requested_at = :requested, read_at = :now, key_id = :key, payload = :payload
                 where flow = :flow and record = :record and requested_at <= :requested
                """.formatted(table), """
                insert into %s (flow, record, generation, requested_at, read_at, key_id, payload)
                values (:flow, :record, (select generation from work_item where flow = :flow and record = :record),
                  :requested, :now, :key, :payload)
                """.formatted(table), (batch, mark) -> {
            Seal.Sealed sealed = seal.seal(mark.payload().orElseThrow(), Seal.place(table, flow, mark.record()));
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
