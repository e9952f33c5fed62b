package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import org.apache.camel.Exchange;

/** Makes the body, a candidate effect, the one that is delivered from here on. */
final class ConsiderAction implements LedgerAction {
    @Override
    public void process(Exchange exchange) throws Exception {
        JsonNode candidate = exchange.getMessage().getMandatoryBody(JsonNode.class);
        exchange.setProperty(Carried.CANDIDATE, candidate);
        exchange.getMessage().setHeader("TandemKind", candidate.path("kind").asText());
    }
}
