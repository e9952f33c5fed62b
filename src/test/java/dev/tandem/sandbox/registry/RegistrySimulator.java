package dev.tandem.sandbox.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.CallLog;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Handler;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import dev.tandem.sandbox.http.SimClock;
import dev.tandem.sandbox.http.SimServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A registry of children in shelters: {@code GET /children?changed_since=&page=&per_page=}, {@code GET} and {@code PUT
 * /children/:id}, a bearer token. A {@code PUT} makes or replaces all but the placement, which is the registry's own.
 */
public final class RegistrySimulator implements AutoCloseable {
    public static final String TOKEN = "synthetic-token";
    private static final Set<String> FIELDS = Set.of("given_name", "family_name", "born", "sex", "urgency", "active");

    private final SimServer server;
    private final Map<String, ObjectNode> children = new TreeMap<>();

    private RegistrySimulator() {
        server = new SimServer(SimClock.real());
        server.around(RegistrySimulator::signedIn);
        server.route("GET", "/children", this::list);
        server.route("GET", "/children/:id", this::show);
        server.route("PUT", "/children/:id", this::put);
    }

    public static RegistrySimulator start() {
        RegistrySimulator registry = new RegistrySimulator();
        registry.server.start();
        return registry;
    }

    public String url() {
        return server.url();
    }

    public CallLog calls() {
        return server.calls();
    }

    public Faults faults() {
        return server.faults();
    }

    public synchronized Optional<JsonNode> child(String id) {
        return Optional.ofNullable(children.get(id)).map(JsonNode::deepCopy);
    }

    public synchronized int count() {
        return children.size();
    }

    public long puts() {
        return calls().count("PUT", "/children/:id");
    }

    /** What a person at the registry does. */
    public synchronized void place(String id, String shelter) {
        ObjectNode child = children.get(id);
        child.putObject("placement").put("shelter", shelter);
        child.put("changed_at", now());
    }

    private static Reply signedIn(Request request, Handler next) {
        return request.header("Authorization").equals(Optional.of("Bearer " + TOKEN))
                ? next.handle(request)
                : Reply.json(401, Json.object().put("error", "who are you?"));
    }

    private synchronized Reply list(Request request) {
        int page = request.query("page").map(Integer::parseInt).orElse(1);
        int per = request.query("per_page").map(Integer::parseInt).orElse(100);
        Optional<Instant> since = request.query("changed_since").map(Instant::parse);
        List<ObjectNode> found = children.values().stream()
                .filter(child -> since.filter(moment ->
                                Instant.parse(child.path("changed_at").asText()).isBefore(moment))
                        .isEmpty())
                .skip((long) per * (page - 1))
                .limit(per)
                .toList();
        ObjectNode answer = Json.object();
        ArrayNode rows = answer.putArray("children");
        found.forEach(child -> rows.add(child.deepCopy()));
        return Reply.json(200, answer);
    }

    private synchronized Reply show(Request request) {
        ObjectNode child = children.get(request.pathValue("id"));
        return child == null
                ? Reply.json(404, Json.object().put("error", "no such child"))
                : Reply.json(200, child.deepCopy());
    }

    private synchronized Reply put(Request request) {
        ObjectNode errors = Json.object();
        JsonNode body = request.json();
        if (body.path("given_name").asText().isBlank()) {
            errors.putArray("given_name").add("must be there");
        }
        body.fieldNames().forEachRemaining(field -> {
            if (!FIELDS.contains(field)) {
                errors.putArray(field).add("is not known");
            }
        });
        if (!errors.isEmpty()) {
            ObjectNode answer = Json.object();
            answer.set("message", errors);
            return Reply.json(422, answer);
        }
        String id = request.pathValue("id");
        ObjectNode child = Json.object().put("id", id);
        child.setAll((ObjectNode) body);
        child.set(
                "placement",
                Optional.ofNullable(children.get(id))
                        .map(before -> before.get("placement"))
                        .orElse(null));
        child.put("changed_at", now());
        boolean fresh = children.put(id, child) == null;
        return Reply.json(fresh ? 201 : 200, child.deepCopy());
    }

    private String now() {
        return server.clock().now().toString();
    }

    @Override
    public void close() {
        server.close();
    }
}
