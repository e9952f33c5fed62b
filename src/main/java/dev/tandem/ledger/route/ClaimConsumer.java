package dev.tandem.ledger.route;

import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.LostLease;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Brings due items into the route, several at once, as soon as they are due: a commit in this process wakes it at once, one of
 * another replica within a second.
 */
final class ClaimConsumer extends DefaultConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimConsumer.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final LedgerEndpoint endpoint;
    private final Semaphore wake = new Semaphore(0);
    /** What could be neither settled nor given back, because the database was away. */
    private final Queue<Work> unfinished = new ConcurrentLinkedQueue<>();

    private ExecutorService dispatcher;
    private ExecutorService workers;
    private AutoCloseable listening;
    private volatile boolean running;

    ClaimConsumer(LedgerEndpoint endpoint, Processor processor) {
        super(endpoint, processor);
        this.endpoint = endpoint;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        running = true;
        listening = endpoint.ledger().signals().listen(wake::release);
        var executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        workers = executors.newCachedThreadPool(this, endpoint.getFlow());
        dispatcher = executors.newSingleThreadExecutor(this, endpoint.getFlow() + " claims");
        dispatcher.execute(this::dispatch);
    }

    @Override
    protected void doStop() throws Exception {
        if (!running) {
            // A context that only looks at its routes is stopped without ever having started this.
            super.doStop();
            return;
        }
        running = false;
        wake.release();
        listening.close();
        // Never by an interrupt: H2 closes its whole database under a thread that is interrupted while it reads or
        // writes. And
        // before the workers: what is claimed already must find one, or it would lie leased until its lease runs out.
        dispatcher.shutdown();
        if (!dispatcher.awaitTermination(endpoint.longest().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{}: the last claim takes too long", endpoint.getFlow());
        }
        workers.shutdown();
        if (!workers.awaitTermination(endpoint.longest().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{}: some records are still in work; their leases will run out", endpoint.getFlow());
        }
        super.doStop();
    }

    private void dispatch() {
        while (running) {
            try {
                claimAndHandOut();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException | Error e) {
                // The database is away or restarting, or memory is short: nothing is lost by waiting. Whatever is
                // thrown
                // here would end all further claims of the flow.
                LOG.warn(
                        "{}: no item could be claimed: {}",
                        endpoint.getFlow(),
                        e.getClass().getSimpleName());
                pause();
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void claimAndHandOut() throws InterruptedException {
        if (endpoint.component().held()
                || endpoint.ledger().readOnly()
                || endpoint.ledger().replicas().outdated()
                || !endpoint.ledger().gates().openTo(endpoint.getFlow())
                || endpoint.ledger().pauses().paused(endpoint.getFlow())) {
            // Behind a closed gate an item would only be given back; a read-only ledger gives none; and by an older
            // version
            // than another replica has, it would be parked for what that one could send.
            wake.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
            return;
        }
        giveBackUnfinished();
        Semaphore free = endpoint.component().free();
        if (!free.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
            return;
        }
        int permits = 1 + extra(free);
        int used = 0;
        try {
            Ledger ledger = endpoint.ledger();
            wake.drainPermits();
            ledger.heldCalls().tryAnother();
            List<Work> claimed = running ? ledger.claim(endpoint.getFlow(), permits) : List.of();
            for (Work work : claimed) {
                workers.execute(() -> work(work));
                used++;
            }
        } finally {
            free.release(permits - used);
        }
        if (used == 0 && running) {
            wake.tryAcquire(untilNext().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Else each would lie until its lease runs out. What it has done meanwhile is written down first. */
    private void giveBackUnfinished() {
        for (Work work = unfinished.peek(); work != null; work = unfinished.peek()) {
            try {
                work.giveBack();
            } catch (LostLease e) {
                LOG.warn("{}", e.getMessage());
            }
            unfinished.remove(work);
        }
    }

    /** Takes what else is free, but no more than half, so that one flow does not starve the other. */
    private static int extra(Semaphore free) {
        int most = free.availablePermits() / 2;
        return most > 0 && free.tryAcquire(most) ? most : 0;
    }

    private Duration untilNext() {
        Ledger ledger = endpoint.ledger();
        Optional<Instant> due = ledger.claims().nextDue(endpoint.getFlow());
        Duration wait =
                due.map(at -> Duration.between(ledger.clock().now(), at)).orElse(LOOK_AGAIN);
        if (wait.compareTo(LOOK_AGAIN) > 0) {
            return LOOK_AGAIN;
        }
        return wait.toMillis() < 10 ? Duration.ofMillis(10) : wait;
    }

    private void work(Work work) {
        try (var flow = MDC.putCloseable("flow", work.flow());
                var record = MDC.putCloseable("record", work.record())) {
            handle(work);
        } catch (LostLease e) {
            LOG.warn("{}", e.getMessage());
        } catch (Exception | Error e) {
            LOG.error(
                    "{} {}: its outcome could not be written down ({}): it is worked once more",
                    work.flow(),
                    work.record(),
                    e.getClass().getSimpleName());
            unfinished.add(work);
        } finally {
            endpoint.component().free().release();
            wake.release();
        }
    }

    private void handle(Work work) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            work.wakes(endpoint.getWakes());
            exchange.setProperty(Carried.WORK, work);
            endpoint.component().atClaim().accept(exchange, work);
            exchange.getMessage().setHeader("TandemFlow", work.flow());
            exchange.getMessage().setHeader("TandemRecord", work.record());
            if (work.onEvent()) {
                exchange.getMessage().setHeader("TandemOnEvent", true);
            }
            exchange.getMessage().setBody(work.record());
            getProcessor().process(exchange);
            finish(work, exchange);
        } finally {
            releaseExchange(exchange, false);
        }
    }

    /** A route that stopped early has left the item open: it settles, or waits for its next moment. */
    private static void finish(Work work, Exchange exchange) {
        if (work.finished() || exchange.getProperty(Carried.OUTCOME) instanceof LostLease) {
            return;
        }
        if (exchange.getException() != null) {
            work.failed(exchange.getException(), Optional.empty(), Optional.empty());
        }
        work.settle();
    }
}
