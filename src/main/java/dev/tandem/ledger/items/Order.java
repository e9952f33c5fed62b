package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.sweeps.SweepRequests;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Order between the flows (protocol 6): what must be done in the other flow before this effect may go. Locks what the answer
 * depends on, so that it cannot change before the waiting is committed.
 */
public final class Order {
    public static final String FIRST_READ = "first-full-read";

    private Order() {}

    /** The condition to wait for, or none. */
    static Optional<String> whatComesFirst(Handle handle, String flow, Collection<String> names) {
        String source = Flow.source(flow);
        // Once read, it stays so: only the other answer has to be held until the waiting is committed.
        if (!readOnce(handle, source, "") && !readOnce(handle, source, " for update")) {
            return Optional.of(FIRST_READ);
        }
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> linked = Links.recordsNaming(handle, flow, names);
        Optional<String> lookedFor = SweepRequests.beingLookedFor(handle, flow, source, names, linked);
        if (lookedFor.isPresent() || linked.isEmpty()) {
            return lookedFor;
        }
        // By their ids, because H2 walks over the whole flow for "flow = ... and record in (...)".
        List<Long> items = handle.createQuery("""
                        select item.id from unnest(:linked) as named (name)
                          join work_item item on item.flow = :flow and item.record = named.name
                        """)
                .bind("flow", flow)
                .bindArray("linked", String.class, linked)
                .mapTo(Long.class)
                .list();
        if (items.isEmpty()) {
            return Optional.empty();
        }
        return handle
                .createQuery(
                        "select record from work_item where id = any(:items) and state <> 'settled' order by id for update")
                .bindArray("items", Long.class, items)
                .mapTo(String.class)
                .list()
                .stream()
                .findFirst()
                .map(record -> "item:" + flow + ":" + record);
    }

    private static boolean readOnce(Handle handle, String source, String lock) {
        return handle.createQuery("select full_sweeps from sweep where source = :source" + lock)
                .bind("source", source)
                .mapTo(Long.class)
                .findOne()
                .filter(fulls -> fulls > 0)
                .isPresent();
    }

    /**
     * Whether the outcome that this condition names is recorded already: whoever recorded it found nobody waiting. Locks the
     * effect, so that it is not recorded before the waiting is committed. Of other conditions it says nothing.
     */
    static boolean isOver(Handle handle, String condition) {
        if (!condition.startsWith("effect:")) {
            return false;
        }
        String[] parts = condition.split(":", 4);
        return handle.createQuery("""
                        select state from effect
                         where flow = :flow and record = :record and effect_key = :key for update
                        """)
                .bind("flow", parts[1])
                .bind("record", parts[2])
                .bind("key", parts[3])
                .mapTo(String.class)
                .findOne()
                .filter(state -> EffectState.of(state).outcomeOpen())
                .isEmpty();
    }

    static String words(String condition) {
        return condition.equals(FIRST_READ)
                ? "the other system has not been read in full yet"
                : condition.startsWith(SweepRequests.CONDITION)
                        ? "an event says that a linked record of the other system changed, and it is not read yet"
                        : "a linked record of the other system is still being worked on";
    }
}
