package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Marks those whose waiting has an end, in the transaction that ends it and whatever their fingerprint (protocol 4). */
public final class Waiters {
    private static final List<String> MENDED_WHERE_IT_CAME_FROM = List.of(
            "case-not-found", "unmapped-code", "blank", "not-a-date", "not-digits", "not-a-number", "cannot-be-kept");

    private Waiters() {}

    /** Returns whether any was waiting. */
    public static boolean wake(Handle handle, Collection<String> conditionsMadeTrue, Instant now) {
        if (conditionsMadeTrue.isEmpty()) {
            return false;
        }
        return markWhere(
                        handle,
                        "state = 'waiting' and waiting_for in (<conditions>)",
                        now,
                        update -> update.bindList("conditions", conditionsMadeTrue))
                > 0;
    }

    /** All that wait for anything that may have come: each complete full sweep checks them once more. */
    public static int wakeAll(Handle handle, Instant now) {
        return markWhere(
                handle,
                "state = 'waiting' and waiting_for not like '" + Effect.NGO + "%' and waiting_for not like '"
                        + Effect.APPROVAL + "%'",
                now,
                update -> update);
    }

    /** All of these flows that are parked until something changes: what they stumbled over may have changed elsewhere. */
    public static int wakeParked(Handle handle, String flows, Instant now) {
        return markWhere(
                handle,
                "state = 'parked' and parked_for in ('input', 'mapping') and flow like :flows",
                now,
                update -> update.bind("flows", flows));
    }

    /**
     * All that may go now although nothing of its own record has changed: what was parked with a look at the other system, and
     * what that system refused and may be asked for again. What a repeat could double is left out, what a person is asked for, and
     * what only its own source, its case or an edit can mend: each of those marks it anyway, and to look would cost calls in vain.
     */
    public static int lookAgainAtParked(Handle handle, String flows, Instant now) {
        String refused = "state = 'parked' and parked_for = 'input' and repeatable and reason_code like 'http-4%'"
                + " and flow like :flows";
        handle.createUpdate("update effect set input_hash = null where " + refused)
                .bind("flows", flows)
                .execute();
        return markWhere(
                handle,
                "(" + refused + ") or (state = 'parked' and flow like :flows"
                        + " and ((parked_for = 'mapping' and reason_code not in (<mended>))"
                        + " or (parked_for = 'input' and effect_key = :read and reason_code not in (<mended>))))",
                now,
                update -> update.bind("flows", flows)
                        .bind("read", Effect.READ)
                        .bindList("mended", MENDED_WHERE_IT_CAME_FROM));
    }

    public static int mark(Handle handle, String flow, String record, Instant now) {
        if (!markExisting(handle, flow, record, now)) {
            boolean inserted = Transactions.insertedOrThere(handle, () -> handle.createUpdate("""
                            insert into work_item (flow, record, state, generation, token, due_at, failures, open_since)
                            values (:flow, :record, 'pending', 1, 0, :now, 0, :now)
                            """)
                    .bind("flow", flow)
                    .bind("record", record)
                    .bind("now", now)
                    .execute());
            if (!inserted) {
                // A sweep was first, and may have settled it at once.
                markExisting(handle, flow, record, now);
            }
        }
        return 1;
    }

    private static boolean markExisting(Handle handle, String flow, String record, Instant now) {
        int updated = handle.createUpdate("""
                        update work_item
                           set generation = generation + 1, fingerprint = null, window_fingerprint = null,
                               state = case when state = 'leased' then state else 'pending' end,
                               due_at = case when state = 'leased' then due_at else :now end,
                               open_since = coalesce(open_since, :now)
                         where flow = :flow and record = :record
                        """)
                .bind("now", now)
                .bind("flow", flow)
                .bind("record", record)
                .execute();
        return updated > 0;
    }

    /** Two statements: joined in one, H2 reads every item of the ledger at each settlement. */
    private static int markWhere(Handle handle, String condition, Instant now, UnaryOperator<Query> bind) {
        record Item(String flow, String record) {}
        List<Item> items = bind.apply(handle.createQuery("select distinct flow, record from effect where " + condition))
                .map((row, context) -> new Item(row.getString("flow"), row.getString("record")))
                .list();
        if (items.isEmpty()) {
            return 0;
        }
        PreparedBatch batch = handle.prepareBatch("""
                update work_item
                   set generation = generation + 1,
                       state = case when state = 'leased' then state else 'pending' end,
                       due_at = case when state = 'leased' then due_at else :now end,
                       open_since = coalesce(open_since, :now)
                 where flow = :flow and record = :record
                """);
        items.forEach(item -> batch.bind("now", now)
                .bind("flow", item.flow())
                .bind("record", item.record())
                .add());
        return IntStream.of(batch.execute()).sum();
    }
}
