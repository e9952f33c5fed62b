package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.ItemKey;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Marks those whose waiting has an end, in the transaction that ends it and whatever their fingerprint (protocol 4). */
public final class Waiters {
    private static final int MOST_SWEEPS_WAITED = 2;
    private static final List<String> FIXED_WHERE_IT_CAME_FROM =
            List.of("case-not-found", "unmapped-code", "blank", "not-a-date", "not-digits", "cannot-be-kept");

    private Waiters() {}

    /** What is waited for of that kind. */
    public static Set<String> conditions(Handle handle, String prefix) {
        return handle.createQuery(
                        "select distinct waiting_for from effect where state = 'waiting' and waiting_for like :prefix")
                .bind("prefix", prefix + "%")
                .mapTo(String.class)
                .set();
    }

    /** Returns whether any was waiting. */
    public static boolean wake(Handle handle, Collection<String> conditionsMadeTrue, Instant now) {
        return !conditionsMadeTrue.isEmpty()
                && markWhere(
                        handle,
                        "state = 'waiting' and waiting_for in (<conditions>)",
                        now,
                        query -> query.bindList("conditions", conditionsMadeTrue));
    }

    /** All that wait for anything that may have come: each complete full sweep checks them once more. */
    public static void wakeAll(Handle handle, Instant now) {
        markWhere(
                handle,
                "state = 'waiting' and waiting_for not like '" + Effect.NGO + "%' and waiting_for not like '"
                        + Effect.APPROVAL + "%'",
                now,
                query -> query);
    }

    /**
     * Parks what waits for something that a source is to show, if two of its full sweeps have not shown it.
     *
     * @param began when the sweep that is complete began
     * @param wouldShow whether it would have shown what this effect waits for
     */
    public static void parkUnshown(
            Handle handle, String source, Instant began, Predicate<Effect> wouldShow, Instant now) {
        List<Effect> waiting = handle.createQuery("""
                        select * from effect where state = 'waiting' and waiting_since < :began
                           and (waiting_for like 'feed:%' and flow like :to or waiting_for like 'row:%' and flow like :from)
                         for update
                        """)
                .bind("to", "%-to-" + source)
                .bind("from", source + "-to-%")
                .bind("began", began)
                .map(Effects.MAPPER)
                .list();
        for (Effect effect : waiting.stream().filter(wouldShow).toList()) {
            if (effect.sweepsWaited() + 1 < MOST_SWEEPS_WAITED) {
                handle.createUpdate("update effect set sweeps_waited = sweeps_waited + 1 where id = :id")
                        .bind("id", effect.id())
                        .execute();
            } else {
                String words = "two full sweeps of " + source + " did not show what this waits for";
                Effect parked = effect.parked(ParkedFor.INPUT, null, "not-in-feed", words);
                Effects.save(handle, parked, now);
                Journal.write(handle, now, parked, "parked", null);
            }
        }
    }

    /** All of these flows that are parked until something changes: the value at fault may have changed elsewhere. */
    public static void wakeParked(Handle handle, String flows, Instant now) {
        markWhere(
                handle,
                "state = 'parked' and parked_for in ('input', 'mapping') and flow like :flows",
                now,
                query -> query.bind("flows", flows));
    }

    /**
     * All that may go now although nothing of its own record has changed: what was parked with a look at the other system, and
     * what that system refused and may be asked for again. What a repeat could double is left out, what a person is asked for, and
     * what only its own source, its case or an edit can fix: each of those marks it anyway, and to look would cost calls in vain.
     */
    public static void lookAgainAtParked(Handle handle, String flows, Instant now) {
        String refused = "state = 'parked' and parked_for = 'input' and repeatable and reason_code like 'http-4%'"
                + " and flow like :flows";
        handle.createUpdate("update effect set input_hash = null where " + refused)
                .bind("flows", flows)
                .execute();
        markWhere(
                handle,
                "(" + refused + ") or (state = 'parked' and flow like :flows"
                        + " and ((parked_for = 'mapping' and reason_code not in (<fixed>))"
                        + " or (parked_for = 'input' and effect_key = :read and reason_code not in (<fixed>))))",
                now,
                query -> query.bind("flows", flows)
                        .bind("read", Effect.READ)
                        .bindList("fixed", FIXED_WHERE_IT_CAME_FROM));
    }

    /** Makes the record's item pending again, whatever its fingerprint; there need not have been one. */
    public static void mark(Handle handle, String flow, String record, Instant now) {
        // A sweep may be first with the insert, and may have settled it at once.
        Batches.upsert(handle, List.of(new ItemKey(flow, record)), """
                        update work_item
                           set generation = generation + 1,
                               state = case when state = 'leased' then state else 'pending' end,
                               due_at = case when state = 'leased' then due_at else :now end,
                               open_since = coalesce(open_since, :now)
                         where flow = :flow and record = :record
                        """, """
                        insert into work_item (flow, record, state, generation, token, due_at, failures, open_since)
                        values (:flow, :record, 'pending', 1, 0, :now, 0, :now)
                        """, (batch, item) -> batch.bindMethods(item)
                .bind("now", now));
    }

    /** Two statements: joined in one, H2 reads every item of the ledger at each settlement. */
    private static boolean markWhere(Handle handle, String condition, Instant now, UnaryOperator<Query> bind) {
        List<ItemKey> items = bind.apply(
                        handle.createQuery("select distinct flow, record from effect where " + condition))
                .map(ItemKey.MAPPER)
                .list();
        return !Batches.run(handle, items, """
                update work_item
                   set generation = generation + 1,
                       state = case when state = 'leased' then state else 'pending' end,
                       due_at = case when state = 'leased' then due_at else :now end,
                       open_since = coalesce(open_since, :now)
                 where flow = :flow and record = :record
                """, (batch, item) -> batch.bindMethods(item)
                        .bind("now", now))
                .isEmpty();
    }
}
