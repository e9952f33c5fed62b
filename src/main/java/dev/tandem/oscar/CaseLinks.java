package dev.tandem.oscar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import dev.tandem.oscar.entries.KnownMatch;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Adds to a Primero case what the ledger knows of it, as the bean {@code caseLinks}: its clients in OSCaR, and what was sent.
 */
public final class CaseLinks {
    private final Ledger ledger;
    private final String secondNgo;
    private final boolean markSynced;
    private final Optional<Set<String>> ngos;

    /**
     * @param secondNgo {@code send} or {@code park}: a referral to an NGO that does not hold a child that another holds
     * @param ngos those that take part; none: all
     */
    public CaseLinks(Ledger ledger, String secondNgo, boolean markSynced, Optional<Set<String>> ngos) {
        this.ngos = ngos;
        this.ledger = ledger;
        this.secondNgo = secondNgo;
        this.markSynced = markSynced;
    }

    /** The body {@code {"case", "referrals"}} gets {@code links}, {@code effects}, {@code answered}, {@code settings} and {@code others}. */
    public void add(Exchange exchange) {
        Work work = Carried.work(exchange);
        ArrayNode answered = add(exchange, work.record(), Carried.effects(exchange));
        ledger.entryMatches().ofCounterpart(work.record()).stream()
                .filter(match -> match.role()
                        .filter(KnownMatch.Role.ANSWER.name()::equals)
                        .isPresent())
                .flatMap(match -> match.referralId().stream())
                .forEach(answered::add);
    }

    /** The same for a case of which the ledger has no effect, and whose referrals were not read: none of them can be answered. */
    public void addWithoutEffects(Exchange exchange) {
        String record =
                Fields.text(exchange.getMessage().getBody(ObjectNode.class).get("case"), "id");
        add(exchange, record, JsonNodeFactory.instance.arrayNode());
    }

    private ArrayNode add(Exchange exchange, String caseId, ArrayNode effects) {
        ObjectNode record = exchange.getMessage().getBody(ObjectNode.class);
        ArrayNode links = record.putArray("links");
        ledger.links().ofCounterpart(caseId).stream()
                .filter(link -> link.known().isPresent())
                .forEach(link -> {
                    ObjectNode known =
                            (ObjectNode) CanonicalJson.read(link.known().get());
                    if (link.byHand()) {
                        known.put("by_hand", true);
                    }
                    links.add(known);
                });
        record.set("effects", effects);
        ArrayNode answered = record.putArray("answered");
        ObjectNode settings =
                record.putObject("settings").put("second-ngo", secondNgo).put("mark-synced", markSynced);
        ngos.ifPresent(named -> named.forEach(settings.withArray("ngos")::add));
        ArrayNode gone = record.putObject("others").putArray("gone-ngos");
        ledger.holders().gone("oscar").forEach(gone::add);
        return answered;
    }
}
