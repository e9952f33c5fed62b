package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.json.Fields;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import java.util.List;
import org.apache.camel.Exchange;

/** The steps of deciding a Primero referral, as the bean {@code decidedReferrals}. */
public final class DecidedReferrals {
    private static final String DECIDED = "TandemDecidedTo";
    private static final String IN_PROGRESS = "in_progress";

    /** The referrals that the candidate's decision touches and that are still in progress. */
    public List<JsonNode> inProgress(Exchange exchange) {
        return candidate(exchange)
                .path("referrals")
                .valueStream()
                .filter(referral -> Fields.text(referral, "status").equals(IN_PROGRESS))
                .toList();
    }

    /** The id of the referral in the body. */
    public String id(Exchange exchange) {
        return Fields.text(exchange.getMessage().getBody(JsonNode.class), "id");
    }

    /** The body becomes the candidate again, to be mapped. */
    public JsonNode candidate(Exchange exchange) {
        return exchange.getProperty(Carried.CANDIDATE, JsonNode.class);
    }

    /** Remembers what the referral is decided to, from the mapped body, and wraps it as Primero wants it. */
    public JsonNode body(Exchange exchange) {
        JsonNode mapped = exchange.getMessage().getBody(JsonNode.class);
        exchange.setProperty(DECIDED, Fields.text(mapped, "status"));
        return JsonNodeFactory.instance.objectNode().set("data", mapped);
    }

    /**
     * Takes the answer. Primero answers 200 also to what it did not do (contract primero-v2 §4.4).
     *
     * @throws Refused if the referral is still undecided
     * @throws NotSent if another has decided it otherwise since it was read
     */
    public void check(Exchange exchange) {
        String status =
                Fields.text(exchange.getMessage().getBody(JsonNode.class).path("data"), "status");
        if (status.equals(exchange.getProperty(DECIDED, String.class))) {
            return;
        }
        if (!status.equals(IN_PROGRESS)) {
            throw NotSent.unreachable(
                    "changed-meanwhile", "another has made the referral " + status + ": it is looked at again");
        }
        throw new Refused(
                "not-taken", "Primero answered with success but left the referral undecided", 200, List.of("status"));
    }
}
