package dev.tandem.observe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest reading of the ledger, taken every few seconds on a thread of its own: whoever looks, however often, costs the
 * database nothing and never waits for it. Taking it fills no more than a twentieth of the time, however much is open.
 */
final class Readings implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Readings.class);
    private static final int REST = 20;
    private static final long LONGEST_REST_MILLIS = 60_000;

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private record Taken(LedgerReading reading, long nanos) {}

    private final Supplier<LedgerReading> source;
    private final Duration every;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, work -> {
        Thread thread = new Thread(work, "readings");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Consumer<LedgerReading> looks = reading -> {};
    private volatile Taken last;
    private volatile boolean failing;
    private volatile long dueNanos;

    Readings(Supplier<LedgerReading> source, Duration every) {
        this.source = source;
        this.every = every;
        // Else a stop waits for the next reading, which nobody wants any more.
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        this.last = new Taken(source.get(), System.nanoTime());
        takeIn(every.toMillis());
    }

    private void takeIn(long millis) {
        dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        var unused = timer.schedule(this::takeAndGoOn, millis, TimeUnit.MILLISECONDS);
    }

    /** Gives each reading that is good enough to be told to this, from now on. */
    void each(Consumer<LedgerReading> look) {
        looks = look;
    }

    /** The newest one that could be taken. */
    LedgerReading newest() {
        return last.reading();
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - last.nanos());
    }

    /** Whether the ledger refused to answer when it was last asked, or has not answered in time. */
    boolean failing() {
        return failing || System.nanoTime() - dueNanos > PATIENCE.toNanos();
    }

    /** The one that is good enough to be told; none if the ledger has not answered for some time. */
    Optional<LedgerReading> told() {
        return failing() && age().compareTo(PATIENCE) > 0 ? Optional.empty() : Optional.of(newest());
    }

    /** Takes one now, such as after an operator's word. */
    synchronized void take() {
        last = new Taken(source.get(), System.nanoTime());
        failing = false;
    }

    private void takeAndGoOn() {
        long began = System.nanoTime();
        tryToTake();
        told().ifPresent(this::look);
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (!timer.isShutdown()) {
            // One that failed cost the database nothing: whether it answers again is to be known soon.
            takeIn(failing ? every.toMillis() : Math.max(every.toMillis(), Math.min(REST * took, LONGEST_REST_MILLIS)));
        }
    }

    private void look(LedgerReading reading) {
        try {
            looks.accept(reading);
        } catch (RuntimeException e) {
            LOG.debug("what has changed was not told: {}", e.getClass().getSimpleName());
        }
    }

    /** Takes one, or notes that there is none to be had. */
    void tryToTake() {
        try {
            take();
        } catch (RuntimeException e) {
            if (!failing) {
                LOG.debug(
                        "the ledger cannot be asked how it stands: {}",
                        e.getClass().getSimpleName());
            }
            failing = true;
        }
    }

    @Override
    public void close() {
        // Not by an interrupt: H2 closes its whole database under a thread that is interrupted while it reads.
        timer.shutdown();
        try {
            if (!timer.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.debug("the last reading takes long");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
