package dev.tandem.ledger;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The newest state of a record that cannot be read again from its source: encrypted, and gone once it is settled. */
public final class Snapshots {
    private final Transactions transactions;
    private final Seal seal;

    Snapshots(Transactions transactions, Seal seal) {
        this.transactions = transactions;
        this.seal = seal;
    }

    /** The payload of the record's last mark, if it is still kept and its key is known. */
    public Optional<byte[]> latest(String flow, String record) {
        return transactions
                .read(handle -> handle.createQuery(
                                "select key_id, payload from snapshot where flow = :flow and record = :record")
                        .bind("flow", flow)
                        .bind("record", record)
                        .map((row, context) -> new Seal.Sealed(row.getString("key_id"), row.getBytes("payload")))
                        .findOne())
                .flatMap(seal::open);
    }

    /** An older one, by the time its request began, never replaces a newer one. */
    static void keep(Handle handle, String flow, Mark mark, Seal.Sealed sealed) {
        String values =
                "(select generation from work_item where flow = :flow and record = :record), :requested, :key, :payload";
        Runnable insert = () -> bound(
                        handle,
                        "insert into snapshot (flow, record, generation, requested_at, key_id, payload)"
                                + " values (:flow, :record, " + values + ")",
                        flow,
                        mark,
                        sealed)
                .execute();
        int updated = bound(handle, """
                        update snapshot set generation =
                               (select generation from work_item where flow = :flow and record = :record),
                               requested_at = :requested, key_id = :key, payload = :payload
                         where flow = :flow and record = :record and requested_at <= :requested
                        """, flow, mark, sealed).execute();
        if (updated == 0) {
            Transactions.insertedOrThere(handle, insert);
        }
    }

    static void dropUpTo(Handle handle, String flow, String record, long generation) {
        handle.createUpdate(
                        "delete from snapshot where flow = :flow and record = :record and generation <= :generation")
                .bind("flow", flow)
                .bind("record", record)
                .bind("generation", generation)
                .execute();
    }

    private static org.jdbi.v3.core.statement.Update bound(
            Handle handle, String sql, String flow, Mark mark, Seal.Sealed sealed) {
        return handle.createUpdate(sql)
                .bind("flow", flow)
                .bind("record", mark.record())
                .bind("requested", mark.requestedAt())
                .bind("key", sealed.keyId())
                .bind("payload", sealed.bytes());
    }
}
