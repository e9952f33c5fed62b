package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.origin.Baseline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The steps of reading, for a ledger that is being initialised, what the cases of Primero would owe that is older than it, as the
 * bean {@code existingCases} (mapping-facts R21). The pages are {@link CaseSweep}'s.
 */
public final class ExistingCases {
    private static final String TO_OSCAR = "primero-to-oscar";
    private static final String TO_PRIMERO = "oscar-to-primero";

    private final Ledger ledger;

    public ExistingCases(Ledger ledger) {
        this.ledger = ledger;
    }

    /** First step: all cases are read. */
    public void begin(Exchange exchange) {
        exchange.setProperty(CaseSweep.PAGES, CasePages.full(ledger.clock().now()));
    }

    /** Links the page's cases to clients that existed. The body becomes those with services: they may owe something. */
    public List<JsonNode> answered(Exchange exchange) {
        List<JsonNode> cases = CaseSweep.readPage(exchange);
        List<Baseline.Counterpart> counterparts = new ArrayList<>();
        List<JsonNode> withServices = new ArrayList<>();
        for (JsonNode theCase : cases) {
            if (!CaseAnswer.disabled(theCase)) {
                counterparts.add(new Baseline.Counterpart(
                        Fields.text(theCase, "id"), filled(theCase, "case_id"), filled(theCase, "oscar_number")));
            }
            if (!theCase.path("services_section").isEmpty()) {
                withServices.add(theCase);
            }
        }
        ledger.baseline().linked(TO_PRIMERO, counterparts);
        return withServices;
    }

    /** A page that cannot be read is divided; the first full sweep lists the case at fault. */
    public void unreadable(Exchange exchange) {
        CaseSweep.divide(exchange);
        exchange.getMessage().setBody(List.of());
    }

    /** One of them, for the steps that read its referrals. */
    public void one(Exchange exchange) {
        JsonNode theCase = exchange.getMessage().getBody(JsonNode.class);
        exchange.setProperty(CaseReading.CASE, theCase);
        exchange.removeProperty(CaseReading.REFERRALS);
        exchange.getMessage().setHeader("TandemCaseId", Fields.text(theCase, "id"));
    }

    /** The body {@code {"case", "referrals"}} as a ledger would complete it that knows nothing. */
    public void asUnknown(Exchange exchange) {
        ObjectNode record = exchange.getMessage().getBody(ObjectNode.class);
        record.putArray("links");
        record.putArray("effects");
        record.putObject("settings").put("second-ngo", "send");
        record.putObject("others");
    }

    /** Notes, of the candidates in the body, those that are older than the ledger. */
    public void note(Exchange exchange) {
        JsonNode theCase = exchange.getProperty(CaseReading.CASE, JsonNode.class);
        List<JsonNode> candidates = new ArrayList<>();
        exchange.getMessage().getBody(ArrayNode.class).forEach(candidates::add);
        ledger.baseline()
                .owed(
                        TO_OSCAR,
                        Fields.text(theCase, "id"),
                        candidates,
                        // one without a readable time of change counts as changed just now, so never as old
                        CaseAnswer.lastUpdated(theCase).orElse(Instant.MAX));
    }

    private static Optional<String> filled(JsonNode theCase, String field) {
        return Optional.of(Fields.text(theCase, field)).filter(text -> !Fields.isBlank(text));
    }
}
