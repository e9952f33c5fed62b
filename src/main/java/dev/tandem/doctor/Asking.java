package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.call.Answers;
import dev.tandem.engine.Engine;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Asks both systems by the routes, so that each call keeps to their limits, and one that is refused is the last.
 *
 * @param closed the systems that refused the login before: nobody calls them
 */
public record Asking(Engine engine, Set<String> closed) {
    private static final int MOST_PAGES = 50;

    /** @param at when the system answered, by its own clock */
    record Answer(JsonNode body, Optional<Instant> at) {}

    /** @throws Setback as the call ended */
    Answer call(String system, String route, Map<String, Object> headers) {
        if (closed.contains(system)) {
            throw NotSent.gateClosed(system);
        }
        if (!engine.begins(route)) {
            throw Unread.noRoute(route);
        }
        Exchange exchange = engine.ask(route, headers);
        if (exchange.getException() instanceof Setback setback) {
            throw setback;
        }
        if (exchange.getException() instanceof Unread unread) {
            throw unread;
        }
        if (exchange.getException() != null) {
            throw new Unread(
                    Level.WARN,
                    "Not checked: the route " + route + " failed ("
                            + exchange.getException().getClass().getSimpleName() + ").",
                    "Compare doctor.camel.yaml with that of this release.");
        }
        return new Answer(
                exchange.getMessage().getBody(JsonNode.class),
                Optional.ofNullable(exchange.getProperty(Answers.ANSWERED_AT, Instant.class)));
    }

    /** @param what in words, for who reads that it cannot be read */
    JsonNode read(String system, String route, String what, Map<String, Object> headers) {
        try {
            return call(system, route, headers).body();
        } catch (Setback setback) {
            throw Unread.of(system, what, setback);
        }
    }

    /** All pages of a list. */
    List<JsonNode> pages(String system, String route, String what) {
        List<JsonNode> rows = new ArrayList<>();
        long total = 1;
        for (int page = 1; rows.size() < total && page <= MOST_PAGES; page++) {
            JsonNode answer = read(system, route, what, new HashMap<>(Map.of("TandemPage", page)));
            answer.path("data").forEach(rows::add);
            total = answer.path("data").isEmpty()
                    ? 0
                    : answer.at("/metadata/total").asLong();
        }
        return rows;
    }
}
