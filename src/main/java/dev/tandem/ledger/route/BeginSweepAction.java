package dev.tandem.ledger.route;

import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.outcome.NotSent;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/** Begins a sweep, as its {@link SweepHeaders} ask for it. */
final class BeginSweepAction implements RouteGuard.Condition {
    private final LedgerEndpoint endpoint;
    private final String source;

    BeginSweepAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.source = endpoint.options().required("source");
    }

    /** A sweep gives a sign of life with each page or batch, so its longest silence is one call and what follows. */
    static Duration lease(LedgerEndpoint endpoint) {
        Duration call = endpoint.options().deadline().multipliedBy(2);
        Duration lease = endpoint.ledger().settings().lease();
        return call.compareTo(lease) > 0 ? call : lease;
    }

    @Override
    public boolean mayGoOn(Exchange exchange) {
        if (endpoint.ledger().readOnly()) {
            throw NotSent.unreachable("ledger", "the ledger's database is read-only: nothing is swept");
        }
        boolean full = exchange.getMessage().getHeader(SweepHeaders.FULL, false, Boolean.class);
        Optional<Instant> due = Optional.ofNullable(exchange.getMessage().getHeader(SweepHeaders.DUE, Date.class))
                .map(Date::toInstant);
        Sweeps sweeps = endpoint.ledger().sweeps();
        Optional<Sweep> sweep = exchange.getMessage().getHeader(SweepHeaders.OWED, false, Boolean.class)
                ? sweeps.beginOwed(source, lease(endpoint))
                : sweeps.begin(source, lease(endpoint), full, due);
        if (sweep.isEmpty()) {
            exchange.setProperty(Carried.OUTCOME, "skipped");
            return false;
        }
        // Whatever ends it: an Error, too, or a route that was edited to leave out its last step.
        exchange.getUnitOfWork().addSynchronization(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                sweeps.over(sweep.get());
            }
        });
        exchange.setProperty(Carried.SWEEP, sweep.get());
        exchange.setProperty(Carried.READ, new AtomicLong());
        exchange.setProperty(Carried.CHANGES, new AtomicLong());
        exchange.getMessage().setBody(sweep.get());
        return true;
    }
}
