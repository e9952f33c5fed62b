package dev.tandem.ledger.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.Flow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Commits what is about to be sent, before it is sent; ends the route here if the one effect may not be. Of several proposed
 * together the route asks which were granted, and goes on: there may be more to do for the record than to send.
 */
final class IntendAction implements LedgerAction {
    private final Terms terms;
    private final Content content;
    private final List<JsonPointer> beside;
    private final Map<String, JsonPointer> facts;
    private final Optional<String> kindOfCall;
    private final Optional<JsonPointer> kindBy;

    IntendAction(LedgerEndpoint endpoint) {
        terms = new Terms(
                endpoint.longest(),
                endpoint.isRepeatable(),
                endpoint.isOnlyIfChanged(),
                Optional.of(endpoint.getAfter()).filter(flow -> !flow.isBlank()),
                Optional.empty());
        kindOfCall = Optional.of(endpoint.getKindOfCall()).filter(kind -> !kind.isBlank());
        kindBy = Optional.of(endpoint.getKindBy()).filter(by -> !by.isBlank()).map(JsonPointer::compile);
        content = new Content(endpoint);
        beside = LedgerAction.list(endpoint.getBeside()).stream()
                .map(JsonPointer::compile)
                .toList();
        facts = new LinkedHashMap<>();
        for (String fact : LedgerAction.list(endpoint.getFacts())) {
            int equals = fact.indexOf('=');
            facts.put(fact.substring(0, equals), JsonPointer.compile(fact.substring(equals + 1)));
        }
    }

    @Override
    public void process(Exchange exchange) throws Exception {
        Optional<List<Proposal>> several = Carried.proposals(exchange);
        List<Proposal> proposals = several.isPresent() ? several.get() : List.of(single(exchange));
        // Taken before the commit: the call must be over when the ledger believes it is.
        long latest = System.nanoTime() + terms.deadline().toNanos();
        Work work = Carried.work(exchange);
        List<Proposal> granted = work.intend(proposals, terms.ofKind(kind(work, proposals, exchange)));
        exchange.setProperty(Carried.GRANTED, granted);
        exchange.setProperty(Carried.DEADLINE, latest);
        exchange.setProperty(Carried.ONLY_ONCE, !terms.repeatable());
        if (granted.isEmpty() && several.isEmpty()) {
            exchange.setRouteStop(true);
        }
    }

    private CallKind kind(Work work, List<Proposal> proposals, Exchange exchange) {
        String words = kindOfCall.orElseGet(
                () -> proposals.isEmpty() ? "call" : proposals.get(0).kind());
        String of = kindBy.filter(pointer -> exchange.getMessage().getBody() instanceof JsonNode)
                .map(pointer -> exchange.getMessage()
                        .getBody(JsonNode.class)
                        .at(pointer)
                        .asText())
                .orElse("");
        return new CallKind(Flow.target(work.flow()), of.isBlank() ? words : words + " to " + of);
    }

    private Proposal single(Exchange exchange) throws Exception {
        JsonNode candidate = Carried.candidate(exchange)
                .orElseThrow(() -> new IllegalStateException("ledger:intend without a candidate effect"));
        JsonNode body = exchange.getMessage().getMandatoryBody(JsonNode.class);
        return new Proposal(
                candidate.path("key").asText(),
                candidate.path("kind").asText(),
                input(body, candidate),
                Optional.of(candidate.path("said").asText("")).filter(said -> !said.isEmpty()),
                rememberedOf(body));
    }

    /** What is sent, and what the target may refuse it for although it is not sent. */
    private byte[] input(JsonNode body, JsonNode candidate) {
        StringBuilder input = new StringBuilder(content.without(body).toString());
        beside.forEach(pointer -> input.append('\n').append(candidate.at(pointer)));
        return input.toString().getBytes(UTF_8);
    }

    private Optional<String> rememberedOf(JsonNode body) {
        if (facts.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode remembered = JsonNodeFactory.instance.objectNode();
        facts.forEach((name, pointer) -> {
            JsonNode value = body.at(pointer);
            if (!value.isMissingNode()) {
                remembered.set(name, value);
            }
        });
        return Optional.of(remembered.toString());
    }
}
