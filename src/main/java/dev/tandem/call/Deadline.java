package dev.tandem.call;

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
    private final long end;
    private final Future<?> alarm;

    private Deadline(long end, Future<?> alarm) {
        this.end = end;
        this.alarm = alarm;
    }

    static Deadline start(ScheduledExecutorService timer, Duration total, Cancellable call) {
        long end = System.nanoTime() + total.toNanos();
        return new Deadline(end, timer.schedule(call::cancel, total.toNanos(), TimeUnit.NANOSECONDS));
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
