package dev.tandem.ledger.route;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Takes the lock named by the body; whoever does not get it has given back its item and does no more. */
final class LockAction implements LedgerAction {
    @Override
    public void process(Exchange exchange) throws InvalidPayloadException {
        if (!Carried.work(exchange).lock(exchange.getMessage().getMandatoryBody(String.class))) {
            exchange.setRouteStop(true);
        }
    }
}
