package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.Candidate;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.Unmappable;
import java.util.List;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** The steps of writing to a Primero case, as the bean {@code caseWriting}: what several effects want of one case goes in one call. */
public final class CaseWriting {
    private static final String WRITE = "TandemCaseWrite";

    private final Ledger ledger;
    private final String account;

    /** @param account that Tandem calls Primero with */
    public CaseWriting(Ledger ledger, String account) {
        this.ledger = ledger;
        this.account = account;
    }

    /** Before any effect: begins with the case as it was read, or with none. */
    public void begin(Exchange exchange) {
        FoundCase found = exchange.getProperty(CaseSearch.FOUND, FoundCase.class);
        JsonNode theCase = exchange.getProperty(CaseReading.CASE, JsonNode.class);
        exchange.setProperty(WRITE, new CaseWrite(CaseSearch.idOf(found), account, theCase));
    }

    /** One effect's wish, as its mapping gave it: {@code {"fields", "row", "notes"}}, each may be missing. */
    public void add(Exchange exchange) {
        JsonNode candidate = exchange.getProperty(Carried.CANDIDATE, JsonNode.class);
        JsonNode mapped = exchange.getMessage().getBody(JsonNode.class);
        ObjectNode fields =
                mapped.path("fields") instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        List<ObjectNode> rows = mapped.path("row") instanceof ObjectNode row ? List.of(row) : List.of();
        if (rows.stream().anyMatch(row -> Fields.text(row, "unique_id").isEmpty())) {
            throw new Unmappable("mapping-failed", "unique_id", "the mapping gave a row without unique_id", "");
        }
        CaseWrite write = write(exchange);
        Note.of(mapped.path("notes"))
                .ifPresent(note -> Carried.work(exchange).note(Fields.text(candidate, "key"), note));
        String kind = Fields.text(candidate, "kind");
        Optional<String> confirmedValue =
                kind.equals(CaseWrite.THE_CASE) ? write.ownership(fields) : new Candidate(candidate).confirmedValue();
        write.want(new Fragment(Fields.text(candidate, "key"), kind, confirmedValue, fields, rows));
    }

    /**
     * Writes what the effects want and the case does not say yet, confirms what Primero took, and leaves the rest to the
     * ledger.
     *
     * @param route begins one call: the method, the body and the header {@code TandemCaseId} are set
     * @param longest the longest that one call takes
     */
    public void write(Exchange exchange, String route, String longest) throws Exception {
        try (ProducerTemplate calls = exchange.getContext().createProducerTemplate()) {
            new CaseWriteRun(ledger, exchange, write(exchange), calls, route, longest).write();
        }
    }

    /** The id of the case at the end; blank if it was not made. */
    public String caseId(Exchange exchange) {
        CaseWrite write = write(exchange);
        return write.creates() ? "" : write.id();
    }

    private static CaseWrite write(Exchange exchange) {
        return exchange.getProperty(WRITE, CaseWrite.class);
    }
}
