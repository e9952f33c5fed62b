package dev.tandem.ledger.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** What is asked of the database often and changes seldom: what another replica changed is seen within two seconds. */
public final class Cached<T> {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private record Known<T>(T value, Instant at) {}

    private final LedgerClock clock;
    private final Supplier<T> read;
    private volatile Known<T> known;

    public Cached(LedgerClock clock, Supplier<T> read) {
        this.clock = clock;
        this.read = read;
    }

    public T get() {
        Known<T> last = known;
        Instant now = clock.now();
        if (last == null || last.at().plus(FRESH).isBefore(now)) {
            last = new Known<>(read.get(), now);
            known = last;
        }
        return last.value();
    }

    /** This replica has changed it. */
    public void forget() {
        known = null;
    }
}
