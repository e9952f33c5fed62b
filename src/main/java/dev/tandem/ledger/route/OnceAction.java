package dev.tandem.ledger.route;

import java.util.Date;
import org.apache.camel.Exchange;

/** Ends the route if another replica has taken this moment of the schedule by which it began. */
final class OnceAction implements LedgerAction {
    private final LedgerEndpoint endpoint;

    OnceAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    @Override
    public void process(Exchange exchange) {
        Date due = exchange.getMessage().getHeader(BeginSweepAction.DUE, Date.class);
        if (due != null && !endpoint.ledger().moments().take(exchange.getFromRouteId(), due.toInstant())) {
            exchange.setRouteStop(true);
        }
    }
}
