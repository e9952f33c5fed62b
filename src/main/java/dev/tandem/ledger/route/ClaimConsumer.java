package dev.tandem.ledger.route;

import dev.tandem.database.LedgerDatabase;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Signals;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** Brings due items into the route, several at once, as soon as they are due. */
final class ClaimConsumer extends SignalledConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(ClaimConsumer.class);

    private final String flow;
    /** What could be neither settled nor given back, because the database was away. */
    private final Queue<Work> unfinished = new ConcurrentLinkedQueue<>();

    private ExecutorService workers;

    ClaimConsumer(LedgerEndpoint endpoint, Processor processor) {
        super(
                endpoint,
                processor,
                endpoint.options().find("flow").orElse("") + " claims",
                endpoint.options().find("flow").orElse("") + ": no item could be claimed");
        this.flow = endpoint.options().required("flow");
        Flow.checkName(flow);
    }

    @Override
    Signals signals() {
        return endpoint.ledger().signals();
    }

    @Override
    protected void doStart() throws Exception {
        workers = getEndpoint().getCamelContext().getExecutorServiceManager().newCachedThreadPool(this, flow);
        super.doStart();
    }

    /** The workers last: what is claimed already must find one, or it would stay leased until its lease runs out. */
    @Override
    void stopped(ExecutorService last) throws InterruptedException {
        if (!last.awaitTermination(endpoint.options().deadline().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{}: the last claim takes too long", flow);
        }
        workers.shutdown();
        if (!workers.awaitTermination(endpoint.options().deadline().toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("{}: some records are still in work; their leases will run out", flow);
        }
    }

    @Override
    void look() throws InterruptedException {
        if (endpoint.component().held()
                || endpoint.ledger().readOnly()
                || endpoint.ledger().replicas().outdated()
                || !endpoint.ledger().gates().openTo(flow)
                || endpoint.ledger().pauses().paused(flow)) {
            // Behind a closed gate an item would only be given back; a read-only ledger gives none; and by an older
            // version
            // than another replica has, it would be parked for what that one could send.
            waitForSignal(LOOK_AGAIN);
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
            forgetSignals();
            ledger.heldCalls().tryAnother();
            List<Work> claimed = running() ? ledger.claim(flow, permits) : List.of();
            for (Work work : claimed) {
                workers.execute(() -> work(work));
                used++;
            }
        } finally {
            free.release(permits - used);
        }
        if (used == 0 && running()) {
            waitForSignal(untilNext());
        }
    }

    /** Else each would stay leased until its lease runs out. What it has done meanwhile is written down first. */
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
        long millis = ledger.claims()
                .nextDue(flow)
                .map(at -> Duration.between(ledger.clock().now(), at))
                .orElse(LOOK_AGAIN)
                .toMillis();
        return Duration.ofMillis(Math.max(10, Math.min(millis, LOOK_AGAIN.toMillis())));
    }

    private void work(Work work) {
        try (var flowOfLog = MDC.putCloseable("flow", work.flow());
                var record = MDC.putCloseable("record", work.record())) {
            handle(work);
        } catch (LostLease e) {
            LOG.warn("{}", e.getMessage());
        } catch (Exception | Error e) {
            LOG.atLevel(LedgerDatabase.lost(e).isPresent() ? Level.DEBUG : Level.ERROR)
                    .log(
                            "{} {}: its outcome could not be written down ({}): it is worked once more",
                            work.flow(),
                            work.record(),
                            e.getClass().getSimpleName());
            unfinished.add(work);
        } finally {
            endpoint.component().free().release();
            wake();
        }
    }

    private void handle(Work work) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            work.wakes(endpoint.options().find("wakes").orElse(""));
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
