package dev.tandem.call;

import dev.tandem.reader.Elapsed;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;

/**
 * The end of one call as a whole. A socket's own timeout starts anew with every byte, so a server that dribbles would
 * hold a call for ever: when this passes, the request is cancelled, whatever it is doing.
 */
final class Deadline implements AutoCloseable {
    static final String CALL_TIMEOUT = "tandem.call-timeout";
    static final String FEED_TIMEOUT = "tandem.oscar.feed-timeout";

    private final long end;
    private final Future<?> alarm;
    private final String words;

    private Deadline(long end, Future<?> alarm, String words) {
        this.end = end;
        this.alarm = alarm;
        this.words = words;
    }

    /** @param longest what the setting says, of which {@code total} may be only the rest */
    static Deadline start(
            ScheduledExecutorService timer, Duration total, Cancellable call, Duration longest, String setting) {
        long end = System.nanoTime() + total.toNanos();
        return new Deadline(
                end,
                timer.schedule(call::cancel, total.toNanos(), TimeUnit.NANOSECONDS),
                Elapsed.words(longest) + " (" + setting + ")");
    }

    /** How long the call may last, and which setting says so. */
    String words() {
        return words;
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    boolean passed() {
        return end - System.nanoTime() <= 0;
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
