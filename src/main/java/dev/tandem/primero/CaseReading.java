package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.items.WorkResult;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.Refused;
import java.util.List;
import org.apache.camel.Exchange;

/** The steps after a case was read, as the bean {@code caseReading}. */
public final class CaseReading {
    /** The case as it is now: a JSON object. */
    public static final String CASE = "TandemCase";
    /** Its referrals: a JSON array, once they were read. */
    public static final String REFERRALS = "TandemReferrals";

    /** Stands for the id of a case that cannot be read, not even its id: followed by its place in the list by case_id. */
    static final String POSITION = "position-";

    /**
     * Before the case is asked for.
     *
     * @throws Refused if it was listed without an id that could be read
     */
    public void hasAnId(Exchange exchange) {
        String asked = exchange.getMessage().getHeader("TandemCaseId", String.class);
        if (asked.startsWith(POSITION)) {
            throw new Refused(
                    "case-without-id",
                    "a case in Primero's list, in the order of case_id, has no id that can be read; its number there is "
                            + asked.substring(POSITION.length()),
                    200,
                    List.of());
        }
    }

    /** Takes the case of {@code GET /cases/:id} out of its envelope and makes sure that it is the one asked for. */
    public void answered(Exchange exchange) {
        JsonNode theCase = exchange.getMessage().getBody(JsonNode.class).path("data");
        String asked = exchange.getMessage().getHeader("TandemCaseId", String.class);
        exchange.setProperty(CASE, CaseAnswer.sameCase(theCase, asked, "asked for"));
        exchange.getMessage().setBody(theCase);
    }

    /** For the flow that reads it as its source: what it settles with, and under which names OSCaR may know it. */
    public void isTheSource(Exchange exchange) {
        JsonNode theCase = exchange.getProperty(CASE, JsonNode.class);
        WorkResult result = Carried.work(exchange).result();
        result.read(CaseFingerprint.content(theCase));
        for (String name : new String[] {"case_id", "oscar_number"}) {
            String value = Fields.text(theCase, name);
            if (!Fields.isBlank(value)) {
                result.alsoKnownAs(value);
            }
        }
    }

    /** Takes the list of {@code GET /cases/:id/referrals} out of its envelope. */
    public void answeredReferrals(Exchange exchange) {
        JsonNode referrals = exchange.getMessage().getBody(JsonNode.class).path("data");
        if (!referrals.isArray()) {
            throw new AnswerLost("not-a-list", "Primero's answer is no list of referrals");
        }
        exchange.setProperty(REFERRALS, referrals);
    }

    /** For a case that was read at the same time as its referrals: fails if the case could not be read. */
    public void theCase(Exchange exchange) throws Exception {
        orThrow(exchange, CaseAndReferrals.NO_CASE);
    }

    /** For the same, if it may have referrals: takes them, or fails if they could not be read. */
    public void theReferrals(Exchange exchange) throws Exception {
        orThrow(exchange, CaseAndReferrals.NO_REFERRALS);
        exchange.setProperty(REFERRALS, exchange.getProperty(CaseAndReferrals.REFERRALS));
    }

    private static void orThrow(Exchange exchange, String property) throws Exception {
        Exception failure = exchange.getProperty(property, Exception.class);
        if (failure != null) {
            throw failure;
        }
    }

    /** {@code {"case", "referrals"}}: what the mappings of this flow begin with. */
    public ObjectNode together(Exchange exchange) {
        ObjectNode record = JsonNodeFactory.instance.objectNode();
        record.set("case", exchange.getProperty(CASE, JsonNode.class));
        JsonNode referrals = exchange.getProperty(REFERRALS, JsonNode.class);
        record.set("referrals", referrals == null ? JsonNodeFactory.instance.arrayNode() : referrals);
        return record;
    }
}
