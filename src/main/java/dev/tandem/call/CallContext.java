package dev.tandem.call;

import java.time.Duration;
import java.util.Optional;

/**
 * What the caller asks of the call of this thread. A thread is what a Camel route and the HTTP client below it share.
 *
 * @param notAfter by {@link System#nanoTime()}, which goes on while a process is stopped: until when the call may run, where its
 *     caller has promised that to others (protocol 2). A worker that was stopped between its promise and its call must not send
 *     when it wakes, since another may have taken over.
 * @param onlyOnce whether it must not be sent twice, since neither its repeat nor its effect could be told (protocol 3)
 * @param known the body of its answer, where that is known and the call is not to be made
 */
record CallContext(Optional<Long> notAfter, boolean onlyOnce, Optional<byte[]> known) {
    private static final ThreadLocal<CallContext> CURRENT =
            ThreadLocal.withInitial(() -> new CallContext(Optional.empty(), false, Optional.empty()));

    static CallContext current() {
        return CURRENT.get();
    }

    static void set(CallContext context) {
        CURRENT.set(context);
    }

    static void clear() {
        CURRENT.remove();
    }

    /** What is left of the time that was promised, not negative; none without a promise. */
    Optional<Duration> left() {
        return notAfter.map(end -> Duration.ofNanos(Math.max(0, end - System.nanoTime())));
    }
}
