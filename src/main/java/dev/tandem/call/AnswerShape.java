package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.schibsted.spt.data.jslt.Expression;
import com.schibsted.spt.data.jslt.JsltException;
import com.schibsted.spt.data.jslt.Parser;
import java.io.StringReader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the system itself answers to one call, as its call route says in JSLT (protocol 3): {@code successIs} and {@code
 * refusalIs} are asked with the answer's body, {@code $status}, {@code $method}, {@code $path} (the decoded segments),
 * {@code $query} and {@code $sent}. Whatever is neither comes from something else on the way.
 */
final class AnswerShape {
    private static final Map<String, Expression> COMPILED = new ConcurrentHashMap<>();

    private final Optional<String> success;
    private final Optional<String> refusal;
    private final Map<String, JsonNode> asked = new HashMap<>();

    /** Without an expression, a 200 with JSON is a success and a 4xx with JSON is the system's refusal. */
    AnswerShape(Optional<String> success, Optional<String> refusal) {
        this.success = success;
        this.refusal = refusal;
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
        Expression compiled = COMPILED.computeIfAbsent(expression, AnswerShape::compiled);
        Map<String, JsonNode> variables = new HashMap<>(asked);
        variables.put("status", IntNode.valueOf(status));
        try {
            JsonNode answer = compiled.apply(variables, body.orElse(NullNode.instance));
            return answer.isBoolean() && answer.booleanValue();
        } catch (JsltException notOfThatShape) {
            return false;
        }
    }

    /** @throws JsltException if it is no JSLT */
    static Expression compiled(String expression) {
        return new Parser(new StringReader(expression))
                .withResourceResolver(name -> {
                    throw new JsltException("nothing can be imported here");
                })
                .compile();
    }

    private static JsonNode segments(String path) {
        var segments = JsonNodeFactory.instance.arrayNode();
        for (String segment : path.split("/")) {
            if (!segment.isEmpty()) {
                segments.add(decoded(segment));
            }
        }
        return segments;
    }

    private static ObjectNode parameters(String query) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        for (String pair : query == null ? List.<String>of() : List.of(query.split("&"))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
