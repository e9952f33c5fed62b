package dev.tandem.ledger.route;

import dev.tandem.ledger.Ledger;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One use of the ledger in a route: where it begins, or a step. */
final class LedgerEndpoint extends DefaultEndpoint {
    private final LedgerOptions options;

    LedgerEndpoint(String uri, LedgerComponent component, LedgerOptions options) {
        super(uri, component);
        this.options = options;
    }

    @Override
    public Producer createProducer() {
        Processor step = LedgerActions.of(this);
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) throws Exception {
                step.process(exchange);
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        DefaultConsumer consumer =
                switch (options.action()) {
                    case "claim" -> new ClaimConsumer(this, processor);
                    case "requested-sweep" -> new RequestedSweepConsumer(this, processor);
                    default ->
                        throw new IllegalArgumentException(
                                "a route can begin with ledger:claim or ledger:requested-sweep, not with ledger:"
                                        + options.action());
                };
        configureConsumer(consumer);
        return consumer;
    }

    LedgerOptions options() {
        return options;
    }

    LedgerComponent component() {
        return (LedgerComponent) getComponent();
    }

    Ledger ledger() {
        return component().ledger();
    }
}
