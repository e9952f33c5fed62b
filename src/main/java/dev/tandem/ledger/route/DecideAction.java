package dev.tandem.ledger.route;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;

/** Leaves of the candidates in the body (a JSON array) those that are owed now, as a list to be split. */
final class DecideAction implements LedgerAction {
    private final Set<String> once;

    DecideAction(LedgerEndpoint endpoint) {
        once = Set.copyOf(LedgerAction.list(endpoint.getOnce()));
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        JsonNode body = exchange.getMessage().getMandatoryBody(JsonNode.class);
        List<JsonNode> candidates = new ArrayList<>();
        body.forEach(candidates::add);
        exchange.getMessage().setBody(Carried.work(exchange).decide(candidates, once));
    }
}
