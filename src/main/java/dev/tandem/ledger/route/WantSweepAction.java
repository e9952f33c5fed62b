package dev.tandem.ledger.route;

import java.util.List;
import org.apache.camel.Exchange;

/** Asks for a sweep that shows the names in the body; the body becomes false if the same event was taken before. */
final class WantSweepAction implements LedgerAction {
    private final LedgerEndpoint endpoint;
    private final String source;

    WantSweepAction(LedgerEndpoint endpoint) {
        this.endpoint = endpoint;
        this.source = endpoint.required(endpoint.getSource(), "source");
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        List<?> body = exchange.getMessage().getMandatoryBody(List.class);
        List<String> names = body.stream().map(String.class::cast).toList();
        String event = exchange.getProperty(Carried.EVENT, String.class);
        if (event == null) {
            throw new IllegalStateException("ledger:want-sweep without the id of an event");
        }
        exchange.getMessage().setBody(endpoint.ledger().wantedSweeps().want(source, event, names));
    }
}
