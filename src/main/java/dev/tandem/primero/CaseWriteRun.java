package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.util.TimeUtils;

/**
 * One write to one case: the difference to what it holds in one call. If that is refused, each effect goes alone, so that only
 * the one at fault parks (protocol 1). Each call is made by a route.
 */
final class CaseWriteRun {
    private final Ledger ledger;
    private final Exchange exchange;
    private final Work work;
    private final CaseWrite write;
    private final ProducerTemplate calls;
    private final String route;
    private final Terms terms;

    CaseWriteRun(
            Ledger ledger, Exchange exchange, CaseWrite write, ProducerTemplate calls, String route, String longest) {
        this.ledger = ledger;
        this.exchange = exchange;
        this.work = Carried.work(exchange);
        this.write = write;
        this.calls = calls;
        this.route = route;
        terms = new Terms(
                Duration.ofMillis(TimeUtils.toMilliSeconds(longest)),
                true,
                false,
                Optional.empty(),
                Optional.of(new CallKind("primero", "change of a case")));
    }

    void write() throws Exception {
        write.fulfilled().forEach(this::alreadyThere);
        List<Proposal> open = write.open().stream().map(this::proposal).toList();
        if (open.isEmpty()) {
            return;
        }
        Set<String> granted = granted(open);
        try {
            send(granted);
        } catch (Refused refused) {
            // A refusal of one effect, or one whose answer told what was not taken, is that effect's own.
            if (granted.size() < 2 || refused.status() == 200) {
                failed(refused, granted.iterator().next());
                return;
            }
            work.noteAnswer();
            write.inOrder(granted).forEach(this::alone);
        }
    }

    /** Nothing is sent if another one's write has brought all of it. */
    private void alone(String key) {
        try {
            if (write.differenceOf(Set.of(key)).isEmpty()) {
                alreadyThere(key);
            } else {
                send(granted(List.of(proposal(key))));
            }
        } catch (Exception e) {
            failed(e, key);
        }
    }

    private void failed(Exception failure, String key) {
        Carried.failed(exchange, failure, key, write.of(key).kind());
    }

    private void alreadyThere(String key) {
        work.alreadyThere(key, write.of(key).kind(), write.of(key).confirmedValue());
    }

    private Proposal proposal(String key) {
        return new Proposal(
                key,
                write.of(key).kind(),
                CanonicalJson.bytes(write.differenceOf(Set.of(key))),
                write.of(key).confirmedValue(),
                Optional.empty(),
                write.needs(key));
    }

    private Set<String> granted(List<Proposal> proposals) {
        Set<String> keys = new LinkedHashSet<>();
        Carried.intend(exchange, proposals, terms).forEach(proposal -> keys.add(proposal.key()));
        return keys;
    }

    private void send(Set<String> keys) throws Exception {
        if (keys.isEmpty()) {
            return;
        }
        ObjectNode difference = write.differenceOf(keys);
        if (write.creates()) {
            make(keys, difference);
        } else {
            JsonNode changed = ofThisCase(call("PATCH", difference));
            // The answer lacks what an earlier call, which came late, had written already.
            boolean whole =
                    keys.stream().allMatch(key -> write.droppedOf(key, changed).isEmpty());
            confirm(keys, whole ? changed : read(), lackingAfter(changed));
        }
    }

    /**
     * Primero makes the caller the owner of a case that is made without one (contract primero-v2 §11). Its owner is taken off
     * before the lock of the case is given back; the next attempt finishes one that ends between the two.
     */
    private void make(Set<String> keys, ObjectNode newCase) throws Exception {
        if (!keys.contains(CaseWrite.THE_CASE)) {
            throw new IllegalStateException("a case is not made without the effect case");
        }
        try {
            call("POST", newCase);
        } catch (Refused refused) {
            // Our own id exists: the case was made before, by us or by a ledger before this one.
            if (refused.status() != 409) {
                throw refused;
            }
            confirm(keys, adopt(read()), (after, lacks) -> changedMeanwhile(lacks));
            return;
        }
        JsonNode made = write.isToBeUnowned() ? takeOwnerOff() : MissingNode.getInstance();
        confirm(keys, read(), lackingAfter(made));
    }

    private JsonNode adopt(JsonNode there) throws Exception {
        if (CaseAnswer.disabled(there) || !Fields.text(there, "oscar_number").equals(write.number())) {
            throw new Refused(
                    "id-taken",
                    "the case's id is taken by a case that is disabled or has another number",
                    409,
                    List.of());
        }
        if (!write.isStillOwnedByTandem(there)) {
            return there;
        }
        takeOwnerOff();
        return read();
    }

    /**
     * Confirms what the case holds now.
     *
     * @param lacking what is to be said of fields that it does not hold
     */
    private void confirm(Set<String> keys, JsonNode after, BiFunction<JsonNode, List<String>, Setback> lacking) {
        ledger.marks().ownWrite(write.id(), Fields.text(after, "last_updated_at"));
        Set<String> taken = new LinkedHashSet<>();
        List<String> dropped = new ArrayList<>();
        for (String key : keys) {
            List<String> missing = write.droppedOf(key, after);
            if (missing.isEmpty()) {
                taken.add(key);
            }
            dropped.addAll(missing);
        }
        write.written(after, keys);
        work.confirm(taken);
        if (!dropped.isEmpty()) {
            throw lacking.apply(after, dropped);
        }
    }

    /** @param answer of our last write; nothing if Primero answered it with nothing */
    private BiFunction<JsonNode, List<String>, Setback> lackingAfter(JsonNode answer) {
        return (after, lacks) -> write.isChangedSince(answer, after) ? changedMeanwhile(lacks) : notTaken(lacks);
    }

    /** Primero dropped it without a word (contract primero-v2 §3.5, trap 10). */
    private static Setback notTaken(List<String> fields) {
        return new Refused(
                "not-taken",
                "Primero answered with success but did not take " + String.join(", ", fields)
                        + ": Tandem's role may not write it, or the field is of another kind there or unknown",
                200,
                fields);
    }

    /** By a person, or by an earlier call with an earlier state of the record. What is still owed shows in the case as it is now. */
    private static Setback changedMeanwhile(List<String> fields) {
        return NotSent.unreachable(
                "changed-meanwhile",
                "another write to the case came between, in " + String.join(", ", fields) + ": it is looked at again");
    }

    private JsonNode takeOwnerOff() throws Exception {
        return call("PATCH", JsonNodeFactory.instance.objectNode().putNull(CaseWrite.OWNER));
    }

    private JsonNode read() throws Exception {
        return ofThisCase(call("GET", null));
    }

    private JsonNode ofThisCase(JsonNode answer) {
        return CaseAnswer.sameCase(answer, write.id(), "written to");
    }

    private JsonNode call(String method, ObjectNode data) throws Exception {
        exchange.getMessage().setHeader(Exchange.HTTP_METHOD, method);
        exchange.getMessage().setHeader("TandemCaseId", write.id());
        exchange.getMessage()
                .setBody(
                        data == null
                                ? null
                                : JsonNodeFactory.instance.objectNode().set("data", data));
        calls.send(route, exchange);
        Refused refused = exchange.getException(Refused.class);
        Exception failure = refused != null ? refused : exchange.getException();
        if (failure != null) {
            exchange.setException(null);
            throw failure;
        }
        // A case that was made is answered by 204.
        JsonNode answer = exchange.getMessage().getBody(JsonNode.class);
        return answer == null ? MissingNode.getInstance() : answer.path("data");
    }
}
