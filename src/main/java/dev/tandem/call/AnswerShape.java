package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.tandem.mapping.Condition;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.core5.net.PercentCodec;
import org.apache.hc.core5.net.WWWFormCodec;

/**
 * What the system itself answers to one call, as its call route says in JSLT (protocol 3): {@code successIs} and {@code
 * refusalIs} are asked with the answer's body, {@code $status}, {@code $method}, {@code $path} (the decoded segments),
 * {@code $query} and {@code $sent}. Whatever is neither comes from something else on the way.
 */
public final class AnswerShape {
    private final Optional<String> success;
    private final Optional<String> refusal;
    private final Map<String, JsonNode> asked = new HashMap<>();

    /** Without an expression, a 200 with JSON is a success and a 4xx with JSON is the system's refusal. */
    AnswerShape(Optional<String> success, Optional<String> refusal) {
        this.success = success;
        this.refusal = refusal;
    }

    /**
     * What is wrong with what a call route sets.
     *
     * @param property which one it sets; nothing is wrong with those that are none of ours
     */
    public static Optional<String> wrongJslt(String property, String text) {
        if (!property.equals(Answers.SUCCESS) && !property.equals(Answers.REFUSAL)) {
            return Optional.empty();
        }
        return Condition.fault(text);
    }

    AnswerShape asked(String method, String path, String query, JsonNode sent) {
        asked.put("method", TextNode.valueOf(method));
        asked.put("path", segments(path));
        asked.put("query", parameters(query));
        asked.put("sent", sent);
        return this;
    }

    /** @param body none where the answer has none */
    boolean isSuccess(int status, Optional<JsonNode> body) {
        return success.map(expression -> holds(expression, status, body))
                .orElse(status == 200 && body.filter(JsonNode::isContainerNode).isPresent());
    }

    boolean isRefusal(int status, Optional<JsonNode> body) {
        return body.filter(JsonNode::isObject).isPresent()
                && refusal.map(expression -> holds(expression, status, body)).orElse(true);
    }

    private boolean holds(String expression, int status, Optional<JsonNode> body) {
        Map<String, JsonNode> variables = new HashMap<>(asked);
        variables.put("status", IntNode.valueOf(status));
        return Condition.of(expression).holds(variables, body.orElse(NullNode.instance));
    }

    private static JsonNode segments(String path) {
        ArrayNode segments = JsonNodeFactory.instance.arrayNode();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(PercentCodec.decode(segment, StandardCharsets.UTF_8));
            }
        }
        return segments;
    }

    private static JsonNode parameters(String query) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        WWWFormCodec.parse(query == null ? "" : query, StandardCharsets.UTF_8)
                .forEach(parameter -> parameters.put(parameter.getName(), parameter.getValue()));
        return parameters;
    }
}
