package dev.tandem.ledger.route;

import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.sweeps.SweepRequests.Due;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Begins a sweep that events asked for. One that fails is tried again later and later; what was asked for stays asked for. */
final class RequestedSweepConsumer extends SignalledConsumer {
    private final String source;
    private final Duration pause;
    private final Duration fullPause;
    private int failures;

    RequestedSweepConsumer(LedgerEndpoint endpoint, Processor processor) {
        super(
                endpoint,
                processor,
                "requested sweep",
                endpoint.options().find("source").orElse("") + ": a sweep that events asked for did not begin");
        this.source = endpoint.options().required("source");
        this.pause = endpoint.options().duration("pause");
        this.fullPause = endpoint.options().duration("fullPause");
    }

    @Override
    Signals signals() {
        return endpoint.ledger().sweepRequests().signals();
    }

    @Override
    void look() throws InterruptedException {
        forgetSignals();
        boolean mayAsk =
                !endpoint.ledger().readOnly() && endpoint.ledger().gates().open(source);
        Optional<Due> request = mayAsk ? endpoint.ledger().sweepRequests().due(source, fullPause) : Optional.empty();
        if (request.isEmpty()) {
            waitForSignal(LOOK_AGAIN);
        } else {
            rest(sweep(request.get()));
        }
    }

    /** @return how long to rest after it */
    private Duration sweep(Due request) {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(Carried.ON_EVENT, true);
            exchange.getMessage().setHeader(SweepHeaders.FULL, request.full());
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
