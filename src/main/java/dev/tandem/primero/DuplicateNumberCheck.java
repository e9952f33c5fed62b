package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.Refused;
import java.util.List;
import org.apache.camel.Exchange;

/**
 * Before a link is told to OSCaR: with two enabled cases of one number, OSCaR would turn the client's link from the one to the
 * other without a word (mapping facts 2.2). As the bean {@code sameNumber}.
 */
public final class DuplicateNumberCheck {
    public void ask(Exchange exchange) {
        JsonNode link = exchange.getProperty(Carried.CANDIDATE, JsonNode.class).path("link");
        exchange.getMessage()
                .setHeader(
                        "CamelHttpQuery",
                        Queries.equal("oscar_number", Fields.text(link, "global_id")) + "&page=1&per=20");
        exchange.getMessage().setBody(null);
    }

    /** The body becomes the candidate again; refuses if another enabled case has the number, unless a person has linked the two. */
    public void answered(Exchange exchange) {
        JsonNode candidate = exchange.getProperty(Carried.CANDIDATE, JsonNode.class);
        String number = Fields.text(candidate.path("link"), "global_id");
        boolean decided = candidate.path("link").path("by_hand").asBoolean(false);
        String own = Fields.text(candidate.path("case"), "id");
        for (JsonNode row :
                CaseAnswer.of(exchange.getMessage().getBody(JsonNode.class)).rows()) {
            if (Fields.text(row, "oscar_number").equals(number)
                    && !CaseAnswer.disabled(row)
                    && !Fields.text(row, "id").equals(own)
                    && !decided) {
                throw new Refused(
                        "two-cases",
                        "several enabled cases have this OSCaR number: " + own + " and " + Fields.text(row, "id"),
                        0,
                        List.of("oscar_number"));
            }
        }
        exchange.getMessage().setBody(candidate);
    }
}
