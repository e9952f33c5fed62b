package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Unmappable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The steps of writing to a Primero case, as the bean {@code caseWriting}. What several effects want of one case goes in one
 * call, as the difference to what the case holds; if that is refused, each goes alone, so that only the one at fault parks
 * (protocol 1).
 */
public final class CaseWriting {
    private static final String WRITE = "TandemCaseWrite";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

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
        ObjectNode fields = mapped.path("fields") instanceof ObjectNode object ? object : JSON.objectNode();
        List<ObjectNode> rows = mapped.path("row") instanceof ObjectNode row ? List.of(row) : List.of();
        if (rows.stream().anyMatch(row -> Fields.text(row, "unique_id").isEmpty())) {
            throw new Unmappable("mapping-failed", "unique_id", "the mapping gave a row without unique_id", "");
        }
        CaseWrite write = write(exchange);
        Note.of(mapped.path("notes"))
                .ifPresent(note -> Carried.work(exchange).note(Fields.text(candidate, "key"), note));
        Optional<String> confirmedValue = Fields.text(candidate, "kind").equals(CaseWrite.THE_CASE)
                ? write.ownership(fields)
                : Optional.of(Fields.text(candidate, "said")).filter(text -> !text.isEmpty());
        write.want(
                Fields.text(candidate, "kind"),
                confirmedValue,
                new Fragment(Fields.text(candidate, "key"), fields, rows));
    }

    /**
     * What is to be intended now: nothing where the case already says all of it. On a new case everything waits for the
     * effect {@code case}.
     */
    public void propose(Exchange exchange) {
        CaseWrite write = write(exchange);
        Work work = Carried.work(exchange);
        for (String key : write.fulfilled()) {
            work.alreadyThere(key, write.kind(key), write.confirmedValue(key));
        }
        List<Proposal> proposals = new ArrayList<>();
        for (Fragment fragment : write.open()) {
            String key = fragment.effectKey();
            proposals.add(proposal(write, key, write.differenceOf(Set.of(key))));
        }
        exchange.setProperty(Carried.PROPOSALS, proposals);
    }

    /** Whether anything is left to be sent. */
    public boolean anything(Exchange exchange) {
        return !write(exchange).open().isEmpty();
    }

    /** Whether anything of what was proposed may be sent. */
    public boolean mayBeSent(Exchange exchange) {
        return !granted(exchange).isEmpty();
    }

    /** Whether there is no case yet. */
    public boolean creates(Exchange exchange) {
        return write(exchange).creates();
    }

    /** The body of the call: {@code {"data": ...}} with what was granted. */
    public ObjectNode body(Exchange exchange) {
        Set<String> granted = granted(exchange);
        CaseWrite write = write(exchange);
        if (write.creates() && !granted.contains(CaseWrite.THE_CASE)) {
            throw new IllegalStateException("a case is not made without the effect case");
        }
        ObjectNode body = JSON.objectNode();
        body.set("data", write.differenceOf(granted));
        return body;
    }

    /** Whether Primero has put the caller in as owner of a new case that nobody is to own (contract primero-v2 §11). */
    public boolean isToBeUnowned(Exchange exchange) {
        return write(exchange).isToBeUnowned();
    }

    /** The same of a case that was there already, in the body. */
    public boolean isStillOwnedByTandem(Exchange exchange) {
        return write(exchange)
                .isStillOwnedByTandem(
                        exchange.getMessage().getBody(JsonNode.class).path("data"));
    }

    /** The body of the call that takes it off again. */
    public ObjectNode withoutOwner(Exchange exchange) {
        ObjectNode body = JSON.objectNode();
        body.putObject("data").putNull("owned_by");
        return body;
    }

    /** The id of the case that is written to, or that the new one gets. */
    public String caseToWrite(Exchange exchange) {
        return write(exchange).id();
    }

    /** The id of the case as it stands at the end; blank if it was not made. */
    public String caseId(Exchange exchange) {
        CaseWrite write = write(exchange);
        return write.creates() ? "" : write.id();
    }

    /**
     * Takes the case as it is after the write. What Primero dropped without a word is refused, the rest is confirmed
     * (contract primero-v2 §3.5, trap 10).
     */
    public void check(Exchange exchange) {
        CaseWrite write = write(exchange);
        JsonNode after = exchange.getMessage().getBody(JsonNode.class).path("data");
        if (!after.isObject() || !Fields.text(after, "id").equalsIgnoreCase(write.id())) {
            throw new AnswerLost("another-case", "Primero answered with another case than was written to");
        }
        ledger.marks().ownWrite(write.id(), Fields.text(after, "last_updated_at"));
        Set<String> taken = new LinkedHashSet<>();
        List<String> dropped = new ArrayList<>();
        for (String key : granted(exchange)) {
            List<String> missing = write.droppedOf(key, after);
            if (missing.isEmpty()) {
                taken.add(key);
            } else {
                dropped.addAll(missing);
            }
        }
        write.written(after, granted(exchange));
        Carried.work(exchange).confirm(taken);
        if (!dropped.isEmpty()) {
            throw new Refused(
                    "not-taken",
                    "Primero answered with success but did not take " + String.join(", ", dropped)
                            + ": Tandem's role may not write it, or the field is of another kind there or unknown",
                    200,
                    dropped);
        }
    }

    /**
     * The write was refused. Of several effects each goes alone; the body is then the list of their keys, the effect {@code
     * case} first.
     *
     * @throws Refused if it was one effect only, or the answer told which were not taken: those park
     */
    public List<String> alone(Exchange exchange) {
        Refused refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
        Set<String> granted = granted(exchange);
        if (granted.size() < 2 || refused.status() == 200) {
            throw refused;
        }
        Carried.work(exchange).distinct();
        return write(exchange).inOrder(granted);
    }

    /** One effect of a refused write, on its own; nothing is proposed if another one's write has brought all of it. */
    public void proposeOne(Exchange exchange) {
        String key = exchange.getMessage().getBody(String.class);
        CaseWrite write = write(exchange);
        ObjectNode difference = write.differenceOf(Set.of(key));
        if (difference.isEmpty()) {
            Carried.work(exchange).alreadyThere(key, write.kind(key), write.confirmedValue(key));
            exchange.setProperty(Carried.PROPOSALS, List.of());
        } else {
            exchange.setProperty(Carried.PROPOSALS, List.of(proposal(write, key, difference)));
        }
        exchange.setProperty(Carried.CANDIDATE, candidate(key, write.kind(key)));
    }

    private static Proposal proposal(CaseWrite write, String key, JsonNode difference) {
        return new Proposal(
                key,
                write.kind(key),
                CanonicalJson.bytes(difference),
                write.confirmedValue(key),
                Optional.empty(),
                write.needs(key));
    }

    /**
     * A 409 to our own id: the case was made before, by us or by a ledger before this one.
     *
     * @throws Refused as it was caught, if it is any other refusal
     */
    public void onlyIfItExists(Exchange exchange) {
        Refused refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class);
        if (refused.status() != 409) {
            throw refused;
        }
    }

    /**
     * Takes the case that stands under our id already.
     *
     * @throws Refused if it is disabled, or another child's
     */
    public void adopt(Exchange exchange) {
        CaseWrite write = write(exchange);
        JsonNode there = exchange.getMessage().getBody(JsonNode.class).path("data");
        String number = Fields.text(there, "oscar_number");
        if (CaseAnswer.disabled(there) || !number.equals(write.number())) {
            throw new Refused(
                    "id-taken",
                    "the case's id is taken by a case that is disabled or has another number",
                    409,
                    List.of());
        }
    }

    private static JsonNode candidate(String key, String kind) {
        return JSON.objectNode().put("key", key).put("kind", kind);
    }

    private static CaseWrite write(Exchange exchange) {
        return exchange.getProperty(WRITE, CaseWrite.class);
    }

    @SuppressWarnings("unchecked")
    private static Set<String> granted(Exchange exchange) {
        Set<String> keys = new LinkedHashSet<>();
        ((List<Proposal>) exchange.getProperty(Carried.GRANTED, List.class))
                .forEach(proposal -> keys.add(proposal.key()));
        return keys;
    }
}
