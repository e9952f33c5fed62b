package dev.tandem.ledger.route;

import org.apache.camel.Exchange;

/** Notes that the source's events are heard. */
final class HeardAction implements LedgerAction {
    private final LedgerEndpoint endpoint;
    private final String source;

    HeardAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.source = endpoint.required(endpoint.getSource(), "source");
    }

    @Override
    public void process(Exchange exchange) {
        endpoint.ledger().eventActivity().event(source);
    }
}
