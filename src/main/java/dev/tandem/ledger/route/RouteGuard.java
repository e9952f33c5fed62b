package dev.tandem.ledger.route;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** A step of the ledger that can end the route without a failure: no other one does. */
@FunctionalInterface
interface RouteGuard extends Processor {
    boolean mayGoOn(Exchange exchange) throws Exception;

    @Override
    default void process(Exchange exchange) throws Exception {
        if (!mayGoOn(exchange)) {
            exchange.setRouteStop(true);
        }
    }
}
