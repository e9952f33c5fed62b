package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;

/** The body is the record as it is now: what the item settles with. */
final class ReadAction implements LedgerAction {
    private final Content content;

    ReadAction(LedgerEndpoint endpoint) {
        content = new Content(endpoint);
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Carried.work(exchange).result().read(content.of(exchange.getMessage().getMandatoryBody(JsonNode.class)));
    }
}
