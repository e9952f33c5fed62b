package dev.tandem.oscar;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.Effect;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.Work;
import dev.tandem.ledger.route.Carried;
import org.apache.camel.Exchange;

/**
 * Adds to a Primero case what the ledger knows of it, as the bean {@code caseLinks}: its clients in OSCaR, and what was sent.
 */
public final class CaseLinks {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ledger ledger;
    private final String secondNgo;
    private final boolean markSynced;

    /**
     * @param secondNgo {@code send} or {@code park}: a referral to an NGO that does not hold a child that another holds
     * @param markSynced whether Primero is to be shown how a case went
     */
    public CaseLinks(Ledger ledger, String secondNgo, boolean markSynced) {
        this.ledger = ledger;
        this.secondNgo = secondNgo;
        this.markSynced = markSynced;
    }

    /** The body {@code {"case", "referrals"}} gets {@code links}, {@code effects}, {@code answered}, {@code settings} and {@code others}. */
    public void add(Exchange exchange) {
        Work work = Carried.work(exchange);
        ObjectNode record = exchange.getMessage().getBody(ObjectNode.class);
        ArrayNode links = record.putArray("links");
        ledger.links().ofTwin(work.record()).stream()
                .flatMap(link -> link.known().stream())
                .forEach(known -> links.add(ClientReading.json(known)));
        ArrayNode effects = record.putArray("effects");
        work.effects().values().forEach(effect -> effects.add(seen(effect)));
        ArrayNode answered = record.putArray("answered");
        ledger.ties().ofTwin(work.record()).stream()
                .filter(tie ->
                        tie.role().filter(KnownTie.Role.ANSWER.name()::equals).isPresent())
                .flatMap(tie -> tie.referralId().stream())
                .forEach(answered::add);
        record.putObject("settings").put("second-ngo", secondNgo).put("mark-synced", markSynced);
        ArrayNode gone = record.putObject("others").putArray("gone-ngos");
        ledger.holders().gone("oscar").forEach(gone::add);
    }

    private static ObjectNode seen(Effect effect) {
        return JSON.createObjectNode()
                .put("key", effect.key())
                .put("kind", effect.kind())
                .put("state", effect.state().name().toLowerCase(java.util.Locale.ROOT))
                .put("said", effect.said())
                .put("sent_at", effect.sentAt() == null ? null : effect.sentAt().toString())
                .put("sent", effect.mayHaveArrived());
    }
}
