package dev.tandem.mapping;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
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
 * Lets a mapping run for so long and no longer. JSLT cannot loop but it can recurse, and Java cannot stop a thread that
 * does not ask. So a mapping runs on a thread of its own, which is given up when its time is over, ends as soon as it next builds
 * an object, calls a function, reads a variable or looks at a character for a regular expression, and keeps one of the few places
 * for such threads until then.
 */
final class TimeLimit {
    private static final int MOST_RUNAWAYS = 2;
    private static final int STACK_BYTES = 1 << 20;
    private static final ExecutorService THREADS = Executors.newCachedThreadPool(TimeLimit::thread);

    /** In all that one run allocates; the largest record that is known takes a twentieth of it. */
    private static final long MOST_BYTES = 256L << 20;

    private static final long LOOK_EVERY_MILLIS = 5;
    private static final ThreadMXBean MEMORY = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Given up, and not ended: of one mapping, so that it stops no other. */
    private static final Map<String, AtomicInteger> RUNAWAYS = new ConcurrentHashMap<>();

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

    /** The names of those that were given up and have not ended. */
    static List<String> goingOn() {
        return RUNAWAYS.entrySet().stream()
                .filter(one -> one.getValue().get() > 0)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** @throws TooSlow if it did not end in time or took too much memory, or if too many of its name still have not ended */
    <T> T run(String name, Supplier<T> mapping) throws TooSlow {
        AtomicInteger runaways = RUNAWAYS.computeIfAbsent(name, any -> new AtomicInteger());
        if (runaways.get() >= MOST_RUNAWAYS) {
            throw new TooSlow();
        }
        AtomicReference<Phase> phase = new AtomicReference<>(Phase.SUBMITTED);
        AtomicReference<Thread> worker = new AtomicReference<>();
        Future<T> result = THREADS.submit(() -> {
            worker.set(Thread.currentThread());
            phase.set(Phase.RUNNING);
            try {
                return mapping.get();
            } finally {
                if (!phase.compareAndSet(Phase.RUNNING, Phase.OVER)) {
                    runaways.decrementAndGet();
                }
            }
        });
        try {
            return inTime(result, worker);
        } catch (TimeoutException e) {
            giveUp(result, phase, runaways);
            throw new TooSlow();
        } catch (InterruptedException e) {
            giveUp(result, phase, runaways);
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

    /** Nearly all end before the first look. */
    private <T> T inTime(Future<T> result, AtomicReference<Thread> worker)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        long most = Long.MAX_VALUE;
        while (true) {
            try {
                return result.get(Math.min(LOOK_EVERY_MILLIS, Math.max(1, limit.toMillis())), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                Thread thread = worker.get();
                long allocated = thread == null ? 0 : MEMORY.getThreadAllocatedBytes(thread.getId());
                most = thread != null && most == Long.MAX_VALUE ? allocated + MOST_BYTES : most;
                if (System.nanoTime() > end || allocated > most) {
                    throw e;
                }
            }
        }
    }

    private static void giveUp(Future<?> result, AtomicReference<Phase> phase, AtomicInteger runaways) {
        result.cancel(true);
        if (phase.compareAndSet(Phase.RUNNING, Phase.OVER)) {
            runaways.incrementAndGet();
        }
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(null, task, "mapping", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    }
}
