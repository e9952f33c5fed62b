package dev.tandem.ledger.route;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Candidate;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.storage.Flow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Commits what is about to be sent, before it is sent; ends the route if it may not be. */
final class IntendAction implements RouteGuard.Condition {
    private final Terms terms;
    private final Content content;
    private final List<JsonPointer> alsoHash;
    private final Map<String, JsonPointer> facts;
    private final Optional<String> kindOfCall;
    private final Optional<JsonPointer> kindBy;

    IntendAction(LedgerEndpoint endpoint) {
        LedgerOptions options = endpoint.options();
        terms = new Terms(
                options.deadline(),
                options.isTrue("repeatable", true),
                options.isTrue("onlyIfChanged", false),
                options.find("after"),
                Optional.empty());
        kindOfCall = options.find("kindOfCall");
        kindBy = options.find("kindBy").map(JsonPointer::compile);
        content = new Content(options);
        alsoHash = options.pointers("alsoHash");
        facts = new LinkedHashMap<>();
        for (String fact : options.list("facts")) {
            int equals = fact.indexOf('=');
            facts.put(fact.substring(0, equals), JsonPointer.compile(fact.substring(equals + 1)));
        }
    }

    @Override
    public boolean mayGoOn(Exchange exchange) throws Exception {
        Proposal proposal = proposal(exchange);
        return !Carried.intend(exchange, List.of(proposal), terms.ofKind(kind(exchange, proposal)))
                .isEmpty();
    }

    private CallKind kind(Exchange exchange, Proposal proposal) {
        String words = kindOfCall.orElse(proposal.kind());
        String of = kindBy.map(pointer -> exchange.getMessage()
                        .getBody(JsonNode.class)
                        .at(pointer)
                        .asText())
                .orElse("");
        return new CallKind(Flow.target(Carried.work(exchange).flow()), of.isBlank() ? words : words + " to " + of);
    }

    private Proposal proposal(Exchange exchange) throws Exception {
        JsonNode candidate = Carried.candidate(exchange)
                .orElseThrow(() -> new IllegalStateException("ledger:intend without a candidate effect"));
        JsonNode body = exchange.getMessage().getMandatoryBody(JsonNode.class);
        return new Proposal(
                candidate.path("key").asText(),
                candidate.path("kind").asText(),
                input(body, candidate),
                new Candidate(candidate).confirmedValue(),
                rememberedOf(body));
    }

    /** What is sent, and what the target may refuse it for although it is not sent. */
    private byte[] input(JsonNode body, JsonNode candidate) {
        StringBuilder input = new StringBuilder(content.without(body).toString());
        alsoHash.forEach(pointer -> input.append('\n').append(candidate.at(pointer)));
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
