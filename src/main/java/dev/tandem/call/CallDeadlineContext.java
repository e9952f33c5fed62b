package dev.tandem.call;

import java.time.Duration;
import java.util.Optional;

/**
 * Until when the call of this thread may run, where its caller has promised that to others (protocol 2): a worker that was
 * stopped between its promise and its call must not send when it wakes, since another may have taken over. A thread is what
 * a Camel route and the HTTP client below it share.
 */
final class CallDeadlineContext {
    private static final ThreadLocal<Long> NANOS = new ThreadLocal<>();

    private CallDeadlineContext() {}

    /** @param nanos by {@link System#nanoTime()}, which goes on while a process is stopped; null for no promise */
    static void set(Long nanos) {
        if (nanos == null) {
            NANOS.remove();
        } else {
            NANOS.set(nanos);
        }
    }

    static void clear() {
        NANOS.remove();
    }

    /** What is left of the time that was promised, negative if it is over; none without a promise. */
    static Optional<Duration> left() {
        return Optional.ofNullable(NANOS.get()).map(nanos -> Duration.ofNanos(nanos - System.nanoTime()));
    }
}
