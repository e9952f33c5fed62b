package dev.tandem.ledger.route;

import dev.tandem.ledger.storage.Recurrence;
import dev.tandem.ledger.storage.Signals;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Looks for work on a thread of its own until the route is stopped: at once after a commit in this process, within a second
 * after one of another replica.
 */
abstract class SignalledConsumer extends DefaultConsumer {
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(SignalledConsumer.class);

    final LedgerEndpoint endpoint;
    private final String thread;
    private final String failed;
    private final Recurrence failures = new Recurrence();
    private final Semaphore wake = new Semaphore(0);
    private volatile CountDownLatch stopped = new CountDownLatch(0);
    private ExecutorService looking;
    private AutoCloseable listening;

    /**
     * @param thread the name of its thread
     * @param failed what did not happen if a look fails
     */
    SignalledConsumer(LedgerEndpoint endpoint, Processor processor, String thread, String failed) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.thread = thread;
        this.failed = failed;
    }

    abstract Signals signals();

    /** Does what there is to do now, and waits if there is nothing. */
    abstract void look() throws InterruptedException;

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        stopped = new CountDownLatch(1);
        listening = signals().listen(wake::release);
        looking = getEndpoint().getCamelContext().getExecutorServiceManager().newSingleThreadExecutor(this, thread);
        looking.execute(this::lookUntilStopped);
    }

    @Override
    protected void doStop() throws Exception {
        // A context that only looks at its routes is stopped without ever having started this.
        if (running()) {
            stopped.countDown();
            wake.release();
            listening.close();
            // Never by an interrupt: H2 closes its whole database under a thread that is interrupted while it reads or
            // writes.
            looking.shutdown();
            stopped(looking);
        }
        super.doStop();
    }

    /** What has to end before the route has stopped; a sweep is waited for like any other exchange. */
    void stopped(ExecutorService last) throws InterruptedException {}

    private void lookUntilStopped() {
        try {
            while (running()) {
                try {
                    look();
                    failures.over();
                } catch (RuntimeException | Error e) {
                    // The database is away or restarting, or memory is short: nothing is lost by waiting. Whatever is
                    // thrown on would end all further looks.
                    LOG.atLevel(failures.isNews(e) ? Level.WARN : Level.DEBUG)
                            .log(
                                    "{}: {}; it is tried again every second",
                                    failed,
                                    e.getClass().getSimpleName());
                    rest(LOOK_AGAIN);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    final boolean running() {
        return stopped.getCount() > 0;
    }

    final void wake() {
        wake.release();
    }

    /** From here on a signal ends the next wait. */
    final void forgetSignals() {
        wake.drainPermits();
    }

    final void waitForSignal(Duration atMost) throws InterruptedException {
        wake.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whatever wakes this meanwhile, but for a stop. */
    final void rest(Duration time) throws InterruptedException {
        stopped.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }
}
