package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import dev.tandem.mapping.Mappings;
import dev.tandem.oscar.entries.BeforeLedger;
import dev.tandem.oscar.entries.CaseView;
import dev.tandem.oscar.entries.EntryCodes;
import dev.tandem.oscar.entries.EntryMatching;
import dev.tandem.oscar.entries.MatchedClient;
import dev.tandem.oscar.feed.ShownClient;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Puts together what a client's mappings begin with, as the bean {@code clientEntries}: the client, its case, and what each of
 * its entries is to that case ({@link EntryMatching}).
 */
public final class ClientEntries {
    private final Ledger ledger;
    private final EntryCodes codes;
    private final Optional<Set<String>> ngos;

    /** @param ngos those that take part; none: all */
    public ClientEntries(Ledger ledger, Mappings mappings, Optional<Set<String>> ngos) {
        this.ngos = ngos;
        this.ledger = ledger;
        this.codes = new EntryCodes(mappings);
    }

    public boolean needsReferrals(Exchange exchange) {
        return EntryMatching.needsReferrals(client(exchange), theCase(exchange));
    }

    /** The input of {@code oscar-to-primero/effects}. */
    public ObjectNode together(Exchange exchange) {
        Work work = Carried.work(exchange);
        JsonNode client = client(exchange);
        JsonNode theCase = theCase(exchange);
        JsonNode referrals = exchange.getProperty("TandemReferrals", JsonNode.class);
        CaseView caseView = CaseView.of(
                theCase, referrals == null ? null : referrals.valueStream().toList());
        ShownClient shown = exchange.getProperty(ClientReading.SHOWN, ShownClient.class);
        Optional<String> caseId = Optional.ofNullable(theCase).map(found -> Fields.text(found, "id"));

        ClientHistory history = new ClientHistory(ledger, work, caseId);
        MatchedClient whole = EntryMatching.match(
                history.situation(
                        shown.forMatching(), caseView, shown.snapshot().readAt()),
                codes);
        MatchedClient matched = shown.partly() ? whole.inWindow() : whole;
        history.remember(matched);
        ArrayNode entries = matched.forMapping();
        new OwnDecisions(history, caseView.referrals()).mark(entries, codes);

        boolean others = caseId.map(ledger.links()::ofCounterpart).stream()
                .flatMap(List::stream)
                .anyMatch(link -> !link.record().equals(work.record()));
        ObjectNode input = JsonNodeFactory.instance.objectNode();
        input.set("client", client);
        if (theCase != null) {
            input.set("case", theCase);
        }
        input.put("live", ngos.isEmpty() || ngos.get().contains(Fields.text(client, "organization_name")));
        input.put("mode", mode(client, theCase, others));
        input.put("baseline", matched.baseline());
        input.put("first", first(client, theCase));
        input.put("alone", !others);
        input.put("new_referral", matched.hasNewReferral());
        input.put(
                "today",
                LocalDate.ofInstant(ledger.clock().now(), BeforeLedger.PHNOM_PENH)
                        .toString());
        input.set("entries", entries);
        return input;
    }

    /** K7: until OSCaR holds the external id, demographics follow the one client that the case names. */
    private static String mode(JsonNode client, JsonNode theCase, boolean others) {
        if (theCase == null) {
            return "create";
        }
        boolean pending = Fields.isBlank(Fields.text(client, "external_id"))
                && Fields.text(client, "slug").equals(Fields.text(theCase, "oscar_short_id"))
                && !others;
        return pending ? "pending" : "update";
    }

    /** R19: the case shows the state of the client whose slug it bears, or will bear. */
    private static boolean first(JsonNode client, JsonNode theCase) {
        String shown = Fields.text(theCase, "oscar_short_id");
        return Fields.isBlank(shown) || shown.equals(Fields.text(client, "slug"));
    }

    private static JsonNode client(Exchange exchange) {
        return exchange.getProperty(ClientReading.CLIENT, JsonNode.class);
    }

    private static JsonNode theCase(Exchange exchange) {
        return exchange.getProperty("TandemCase", JsonNode.class);
    }
}
