package dev.tandem.mapping;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Lets a mapping run for so long and no longer. JSLT cannot loop but it can recurse, and a regular expression can take
 * for ever; Java cannot stop a thread that does not ask. So a mapping runs on a thread of its own, which is given up when
 * its time is over, ends as soon as it next builds an object or calls one of our functions, and keeps one of the few
 * places for such threads until then.
 */
final class TimeLimit {
    private static final int MOST_RUNAWAYS = 4;
    private static final int STACK_BYTES = 1 << 20;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(TimeLimit::thread);

    /** Given up, and not ended. */
    private static final AtomicInteger RUNAWAYS = new AtomicInteger();

    private enum Phase {
        SUBMITTED,
        RUNNING,
        OVER
    }

    private final Duration limit;

    TimeLimit(Duration limit) {
        this.limit = limit;
    }

    /** To be called from inside a mapping wherever we are asked: ends one whose time is over. */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("the mapping's time is over");
        }
    }

    /** @throws TooSlow if it did not end in time, or if too many others still have not ended */
    <T> T run(Supplier<T> mapping) throws TooSlow {
        if (RUNAWAYS.get() >= MOST_RUNAWAYS) {
            throw new TooSlow();
        }
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.SUBMITTED);
        Future<T> result = THREADS.submit(() -> {
            phase.set(Phase.RUNNING);
            try {
                return mapping.get();
            } finally {
                if (!phase.compareAndSet(Phase.RUNNING, Phase.OVER)) {
                    RUNAWAYS.decrementAndGet();
                }
            }
        });
        try {
            return result.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            giveUp(result, phase);
            throw new TooSlow();
        } catch (InterruptedException e) {
            giveUp(result, phase);
            Thread.currentThread().interrupt();
            // A stop of the service says nothing about the record: it must not be parked for it.
            throw new CancellationException("interrupted while a mapping ran");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    static final class TooSlow extends Exception {}

    private static void giveUp(Future<?> result, AtomicReference<Phase> phase) {
        result.cancel(true);
        if (phase.compareAndSet(Phase.RUNNING, Phase.OVER)) {
            RUNAWAYS.incrementAndGet();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "mapping", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
