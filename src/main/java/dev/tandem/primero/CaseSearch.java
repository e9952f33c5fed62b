package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.outcome.Refused;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The steps of looking for the case of an OSCaR client, as the bean {@code caseSearch}. What to ask, and what to believe, is
 * {@link CaseFinder}'s.
 */
public final class CaseSearch {
    /** The id of the case that the ledger links to the client, if any; set by the flow before. */
    public static final String LINKED = "TandemLinkedCase";
    /** The client: {@code external_id} and {@code global_id} are read. */
    public static final String CLIENT = "TandemClient";
    /** The ids of the cases from which a person has unlinked the client: a set, or nothing. */
    public static final String UNLINKED = "TandemUnlinkedCases";
    /** What was found: {@link FoundCase}. */
    public static final String FOUND = "TandemFoundCase";

    private static final String FINDER = "TandemCaseFinder";

    private final Ledger ledger;

    public CaseSearch(Ledger ledger) {
        this.ledger = ledger;
    }

    public void begin(Exchange exchange) {
        JsonNode client = exchange.getProperty(CLIENT, JsonNode.class);
        exchange.setProperty(
                FINDER,
                new CaseFinder(
                        Optional.ofNullable(exchange.getProperty(LINKED, String.class)),
                        Fields.text(client, "external_id"),
                        Fields.text(client, "global_id"),
                        unlinked(exchange),
                        ledger.sweeps().provenEmpty("primero")));
    }

    private static Set<String> unlinked(Exchange exchange) {
        Set<?> ids = exchange.getProperty(UNLINKED, Set.of(), Set.class);
        return ids.stream().map(String::valueOf).collect(Collectors.toSet());
    }

    public boolean more(Exchange exchange) {
        return finder(exchange).ask().isPresent();
    }

    public void ask(Exchange exchange) {
        CaseFinder.Question question = finder(exchange).ask().orElseThrow();
        Message message = exchange.getMessage();
        message.setHeader("CamelHttpPath", "/api/v2" + question.path());
        if (question.query().isEmpty()) {
            message.removeHeader("CamelHttpQuery");
        } else {
            message.setHeader("CamelHttpQuery", question.query());
        }
        message.setBody(null);
    }

    public void answered(Exchange exchange) {
        finder(exchange).answered(exchange.getMessage().getBody(JsonNode.class));
    }

    /** The call was refused: only a 404 says something about the case. */
    public void refused(Exchange exchange) {
        Refused refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
        if (refused.status() != 404) {
            throw refused;
        }
        finder(exchange).notFound();
    }

    /**
     * The result, as the property {@value #FOUND}; for a case, also {@value CaseReading#CASE}.
     *
     * @throws Refused if a person has to look
     */
    public void end(Exchange exchange) {
        FoundCase found = finder(exchange).result().orElseThrow();
        exchange.setProperty(FOUND, found);
        if (found instanceof FoundCase.Park park) {
            // 0: it is up to the client and the cases, which wake it when they change; not so a key that Primero
            // ignores.
            int status = park.code().equals("filter-ignored") ? 200 : 0;
            throw new Refused(park.code(), park.words(), status, List.of());
        }
        if (found instanceof FoundCase.Found there) {
            exchange.setProperty(CaseReading.CASE, there.theCase());
        }
    }

    /** The id of the case that was found, or that the new one will get. */
    public String id(Exchange exchange) {
        return idOf(exchange.getProperty(FOUND, FoundCase.class));
    }

    static String idOf(FoundCase found) {
        if (found instanceof FoundCase.Found there) {
            return Fields.text(there.theCase(), "id");
        }
        return ((FoundCase.CreateWith) found).id();
    }

    private static CaseFinder finder(Exchange exchange) {
        return exchange.getProperty(FINDER, CaseFinder.class);
    }
}
