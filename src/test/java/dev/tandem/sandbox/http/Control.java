package dev.tandem.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * {@code /_control/...}: the simulator's Java side over HTTP, so that another process can drive it. No sign-in, no
 * faults, not in the call log; only ever bound to the loopback address.
 */
public final class Control {
    private final SimServer server;
    private final Map<String, Supplier<JsonNode>> views = new ConcurrentHashMap<>();
    private final Map<String, Function<JsonNode, JsonNode>> acts = new ConcurrentHashMap<>();

    Control(SimServer server) {
        this.server = server;
        server.route("GET", "/_control/state/:view", this::view);
        server.route("POST", "/_control/acts/:act", this::act);
        server.route("GET", "/_control/calls", request -> Reply.json(200, calls()));
        server.route("DELETE", "/_control/calls", request -> {
            server.calls().clear();
            return Reply.empty(204);
        });
        server.route("GET", "/_control/counters", request -> Reply.json(200, counters()));
        server.route("POST", "/_control/faults", request -> setFault(request.json()));
        server.route("DELETE", "/_control/faults", request -> {
            server.faults().clear();
            return Reply.empty(204);
        });
        server.route("GET", "/_control/clock", request -> clock());
        server.route("POST", "/_control/clock", request -> setClock(request.json()));
        server.route("POST", "/_control/down", request -> {
            server.downFor(Duration.ofMillis(request.json().path("millis").asLong(1000)));
            return Reply.empty(202);
        });
    }

    static boolean owns(String path) {
        return path.startsWith("/_control/");
    }

    /** Adds {@code GET /_control/state/NAME}. */
    public void view(String name, Supplier<JsonNode> view) {
        views.put(name, view);
    }

    /** Adds {@code POST /_control/acts/NAME}; the body is handed over, what comes back is the answer. */
    public void act(String name, Function<JsonNode, JsonNode> act) {
        acts.put(name, act);
    }

    private Reply view(Request request) {
        Supplier<JsonNode> view = views.get(request.pathValue("view"));
        return view == null ? Reply.empty(404) : Reply.json(200, view.get());
    }

    private Reply act(Request request) {
        Function<JsonNode, JsonNode> act = acts.get(request.pathValue("act"));
        return act == null ? Reply.empty(404) : Reply.json(200, act.apply(request.json()));
    }

    private ArrayNode calls() {
        ArrayNode calls = Json.array();
        for (Call call : server.calls().list()) {
            ObjectNode node = calls.addObject()
                    .put("number", call.number())
                    .put("at", call.at().toString())
                    .put("method", call.method())
                    .put("template", call.template())
                    .put("status", call.status())
                    .put("outcome", call.outcome());
            call.fault().ifPresent(fault -> node.put("fault", fault));
            node.set("query", Json.MAPPER.valueToTree(call.query()));
            node.set("ids", Json.MAPPER.valueToTree(call.ids()));
        }
        return calls;
    }

    private ObjectNode counters() {
        ObjectNode counters = Json.object();
        counters.set("calls", Json.MAPPER.valueToTree(server.calls().counts()));
        counters.set("struck", Json.MAPPER.valueToTree(server.faults().struck()));
        counters.set("lostAnswers", Json.MAPPER.valueToTree(server.faults().lostAnswers()));
        return counters;
    }

    /** {@code {"method","template","fault","times"|"probability"+"seed","seconds"}}. */
    private Reply setFault(JsonNode wish) {
        Optional<Long> seconds =
                wish.has("seconds") ? Optional.of(wish.get("seconds").asLong()) : Optional.empty();
        Fault fault = Fault.named(wish.path("fault").asText(), seconds);
        String method = wish.path("method").asText("*");
        String template = wish.path("template").asText("*");
        if (wish.has("probability")) {
            server.faults()
                    .atRandom(
                            wish.path("seed").asLong(), wish.get("probability").asDouble(), method, template, fault);
        } else if (wish.has("times")) {
            server.faults().times(wish.get("times").asInt(), method, template, fault);
        } else {
            server.faults().every(method, template, fault);
        }
        return Reply.empty(204);
    }

    private Reply clock() {
        return Reply.json(
                200,
                Json.object()
                        .put("now", server.clock().now().toString())
                        .put("frozen", server.clock().isFrozen()));
    }

    /** {@code {"set": instant}}, {@code {"advance": "PT1H"}}, {@code {"freeze": true|false}}, applied in that order. */
    private Reply setClock(JsonNode wish) {
        SimClock clock = server.clock();
        if (wish.has("set")) {
            clock.set(Instant.parse(wish.get("set").asText()));
        }
        if (wish.has("advance")) {
            clock.advance(Duration.parse(wish.get("advance").asText()));
        }
        if (wish.has("freeze")) {
            if (wish.get("freeze").asBoolean()) {
                clock.freeze();
            } else {
                clock.run();
            }
        }
        return clock();
    }
}
