package dev.tandem.ledger.route;

import dev.tandem.ledger.sweeps.WantedSweeps.Wanted;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins a sweep that events asked for: at once if this process took the event, within a second if another replica did or the
 * request is older than this process. A sweep that fails is tried again later and later; what was asked for stays asked for.
 */
final class WantedSweepConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(WantedSweepConsumer.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final LedgerEndpoint endpoint;
    private final Semaphore wake = new Semaphore(0);
    private final Duration pause;
    private final Duration fullPause;
    private ExecutorService sweeper;
    private AutoCloseable listening;
    private volatile boolean running;
    private int failures;

    WantedSweepConsumer(LedgerEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
        this.pause = endpoint.duration(endpoint.getPause(), "pause");
        this.fullPause = endpoint.duration(endpoint.getFullPause(), "fullPause");
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        listening = endpoint.ledger().wantedSweeps().signals().listen(wake::release);
        sweeper = getEndpoint()
                .getCamelContext()
                .getExecutorServiceManager()
                .newSingleThreadExecutor(this, "wanted sweep");
        sweeper.execute(this::sweepWhatIsWanted);
    }

    @Override
    protected void doStop() throws Exception {
        if (running) {
            running = false;
            listening.close();
            wake.release();
            // Never by an interrupt, which would close H2. A sweep under way is waited for like any other exchange.
            sweeper.shutdown();
        }
        super.doStop();
    }

    private void sweepWhatIsWanted() {
        while (running) {
            try {
                wake.drainPermits();
                Optional<Wanted> wanted = mayAsk()
                        ? endpoint.ledger().wantedSweeps().due(endpoint.getSource(), fullPause)
                        : Optional.empty();
                if (wanted.isEmpty()) {
                    wake.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
                } else {
                    rest(sweep(wanted.get()));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // Whatever is thrown here would end all further sweeps that events ask for.
                LOG.warn(
                        "{}: a sweep that events asked for did not begin: {}",
                        endpoint.getSource(),
                        e.getClass().getSimpleName());
                restUnlessStopped();
            }
        }
    }

    private boolean mayAsk() {
        return !endpoint.ledger().readOnly() && endpoint.ledger().gates().open(endpoint.getSource());
    }

    private void restUnlessStopped() {
        try {
            rest(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever wakes this meanwhile, but for a stop. */
    private void rest(Duration time) throws InterruptedException {
        long until = System.nanoTime() + time.toNanos();
        while (running && until - System.nanoTime() > 0) {
            TimeUnit.MILLISECONDS.sleep(Math.min(100, 1 + TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
        }
    }

    /** @return how long to rest after it */
    private Duration sweep(Wanted wanted) {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(Carried.ON_EVENT, true);
            exchange.getMessage().setHeader("TandemFull", wanted.full());
            getProcessor().process(exchange);
            Object outcome =
                    exchange.getException() != null ? exchange.getException() : exchange.getProperty(Carried.OUTCOME);
            if (outcome instanceof Throwable) {
                return endpoint.ledger().settings().backoff(++failures);
            }
            failures = 0;
            return "skipped".equals(outcome) ? LOOK_AGAIN : pause;
        } catch (Exception | Error e) {
            return endpoint.ledger().settings().backoff(++failures);
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
