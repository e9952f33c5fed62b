package dev.tandem.ledger.route;

import dev.tandem.ledger.Sweep;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;

/** Begins a sweep; the header {@code TandemFull} asks for a full one. */
final class BeginSweepAction implements LedgerAction {
    /** The moment of its schedule, as Quartz says it. */
    private static final String DUE = "scheduledFireTime";

    private final LedgerEndpoint endpoint;
    private final String source;

    BeginSweepAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.source = endpoint.required(endpoint.getSource(), "source");
    }

    /** A sweep gives a sign of life with each page or batch, so its longest silence is one call and what follows. */
    static Duration lease(LedgerEndpoint endpoint) {
        Duration call = endpoint.longest().multipliedBy(2);
        Duration lease = endpoint.ledger().settings().lease();
        return call.compareTo(lease) > 0 ? call : lease;
    }

    @Override
    public void process(Exchange exchange) {
        boolean full = exchange.getMessage().getHeader("TandemFull", false, Boolean.class);
        Optional<Instant> due = Optional.ofNullable(exchange.getMessage().getHeader(DUE, Date.class))
                .map(Date::toInstant);
        Optional<Sweep> sweep = endpoint.ledger().sweeps().begin(source, lease(endpoint), full, due);
        if (sweep.isEmpty()) {
            exchange.setProperty(Carried.OUTCOME, "skipped");
            exchange.setRouteStop(true);
            return;
        }
        exchange.setProperty(Carried.SWEEP, sweep.get());
        exchange.setProperty(Carried.READ, new AtomicLong());
        exchange.setProperty(Carried.CHANGES, new AtomicLong());
        exchange.getMessage().setBody(sweep.get());
    }
}
