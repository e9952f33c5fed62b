package dev.tandem.ledger.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step of the ledger that can end the route without a failure: no other one does. */
record RouteGuard(Condition condition) implements Processor {
    @FunctionalInterface
    interface Condition {
        boolean mayGoOn(Exchange exchange) throws Exception;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        if (!condition.mayGoOn(exchange)) {
            exchange.setRouteStop(true);
        }
    }
}
