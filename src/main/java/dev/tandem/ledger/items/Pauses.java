package dev.tandem.ledger.items;

import dev.tandem.ledger.storage.Cached;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The flows that a person has stopped. Their records are still marked, and none is claimed, by any replica and after any
 * restart, until a person lets the flow go on; what is in work is finished.
 */
public final class Pauses {
    private final Store store;
    private final Cached<Set<String>> paused;

    public Pauses(Store store) {
        this.store = store;
        this.paused = new Cached<>(store.clock(), () -> all().keySet());
    }

    /**
     * Stops the flow.
     *
     * @param word who stops it, such as {@code JMX}; no personal data
     * @return false if it was stopped already
     */
    public boolean pause(String flow, String word) {
        boolean stopped = store.in(handle -> Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into pause (flow, paused_at, word) values (:flow, :now, :word)")
                .bind("flow", flow)
                .bind("now", store.now())
                .bind("word", Storable.words(word, Storable.WORDS))
                .execute()));
        paused.forget();
        return stopped;
    }

    /** Lets the flow go on; false if it was not stopped. */
    public boolean resume(String flow) {
        int resumed = store.in(handle -> handle.createUpdate("delete from pause where flow = :flow")
                .bind("flow", flow)
                .execute());
        paused.forget();
        store.signals().raise();
        return resumed > 0;
    }

    /** Whether nothing of the flow may be claimed. */
    public boolean paused(String flow) {
        return paused.get().contains(flow);
    }

    /** The stopped flows, and since when. */
    public Map<String, Instant> all() {
        record Pause(String flow, Instant pausedAt) {}
        return store.read(
                handle -> handle.createQuery("select * from pause").map(ConstructorMapper.of(Pause.class)).stream()
                        .collect(Collectors.toUnmodifiableMap(Pause::flow, Pause::pausedAt)));
    }
}
