package dev.tandem.ledger.items;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Set;

/**
 * The flows that a person has stopped. Their records are still marked, and none is claimed, by any replica and after any
 * restart, until a person lets the flow go on; what is in work is finished.
 */
public final class Pauses {
    private record Cached(Set<String> flows, Instant at) {}

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final LedgerClock clock;
    private final Signals signals;
    private volatile Cached cached;

    public Pauses(Transactions transactions, LedgerClock clock, Signals signals) {
        this.transactions = transactions;
        this.clock = clock;
        this.signals = signals;
    }

    /**
     * Stops the flow.
     *
     * @param word who says so, such as {@code JMX}; no personal data
     * @return false if it was stopped already
     */
    public boolean pause(String flow, String word) {
        boolean paused = transactions.in(handle -> Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into pause (flow, paused_at, word) values (:flow, :now, :word)")
                .bind("flow", flow)
                .bind("now", clock.now())
                .bind("word", Storable.words(word, Storable.WORDS))
                .execute()));
        cached = null;
        return paused;
    }

    /** Lets the flow go on; false if it was not stopped. */
    public boolean resume(String flow) {
        int resumed = transactions.in(handle -> handle.createUpdate("delete from pause where flow = :flow")
                .bind("flow", flow)
                .execute());
        cached = null;
        signals.raise();
        return resumed > 0;
    }

    /** Whether nothing of the flow may be claimed; what another replica decided is seen within two seconds. */
    public boolean paused(String flow) {
        Cached known = cached;
        Instant now = clock.now();
        if (known == null || known.at().plus(FRESH).isBefore(now)) {
            known = new Cached(all().keySet(), now);
            cached = known;
        }
        return known.flows().contains(flow);
    }

    /** The stopped flows, and since when. */
    public Map<String, Instant> all() {
        return transactions.read(handle -> handle
                .createQuery("select flow, paused_at from pause")
                .map((row, context) -> Map.entry(
                        row.getString("flow"),
                        row.getObject("paused_at", OffsetDateTime.class).toInstant()))
                .stream()
                .collect(java.util.stream.Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }
}
