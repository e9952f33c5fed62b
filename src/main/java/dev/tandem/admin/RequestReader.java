package dev.tandem.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.ReportJson;
import dev.tandem.operation.Operation;
import dev.tandem.operation.request.RequestRefused;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;

/** Reads a request as its operation defines it: from the path, and from the query (GET) or the body (POST). */
final class RequestReader {
    private static final Map<String, String> IN_PATH = Map.of(
            "id", "\\d{1,18}",
            "system", "[a-z][a-z0-9]{0,40}",
            "flow", "[a-z0-9]{1,40}-to-[a-z0-9]{1,40}");

    private RequestReader() {}

    /** As a regular expression whose groups are the fields. */
    static String pathOf(Operation<?, ?, ?> operation) {
        return Operation.FIELD
                .matcher(operation.path())
                .replaceAll(field -> "(?<$1>" + IN_PATH.get(field.group(1)).replace("\\", "\\\\") + ")");
    }

    /**
     * Refuses any field that the operation does not have: a misspelt one would be left out, and more be done than was meant.
     *
     * @param caller who asks, for the journal; a field {@code by} says more
     */
    static <Q> Q read(Operation<?, Q, ?> operation, RoutingContext exchange, String caller) {
        ObjectNode fields = operation.method().equals("GET") ? query(exchange) : body(exchange);
        Operation.FIELD
                .matcher(operation.path())
                .results()
                .map(field -> field.group(1))
                .forEach(name -> {
                    if (fields.has(name)) {
                        throw unknownField("the path names the " + name);
                    }
                    fields.set(name, value(exchange.pathParam(name)));
                });
        if (Arrays.stream(operation.request().getRecordComponents())
                .anyMatch(field -> field.getName().equals("by"))) {
            JsonNode by = fields.path("by");
            fields.put(
                    "by",
                    by.isMissingNode() || by.isNull()
                            ? caller
                            : caller + " (" + RequestRefused.oneLine("by", by.textValue()) + ")");
        }
        try {
            return ReportJson.request(fields, operation.request());
        } catch (UnrecognizedPropertyException unknown) {
            throw unknownField("there is a field that is not known; known are " + unknown.getKnownPropertyIds());
        } catch (JsonMappingException wrong) {
            if (wrong.getCause() instanceof RequestRefused refused) {
                throw refused;
            }
            // Jackson's words quote the value.
            throw RequestRefused.field(
                    wrong.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .findFirst()
                            .orElse("a field"),
                    "of another kind: see docs/reference/admin-api.md");
        } catch (JsonProcessingException wrong) {
            throw notJson();
        }
    }

    private static ObjectNode query(RoutingContext exchange) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        exchange.queryParams().forEach((name, text) -> {
            if (!text.isEmpty()) {
                fields.set(name, value(text));
            }
        });
        return fields;
    }

    private static ObjectNode body(RoutingContext exchange) {
        byte[] body = exchange.body().length() <= 0
                ? new byte[0]
                : exchange.body().buffer().getBytes();
        try {
            return body.length == 0 ? JsonNodeFactory.instance.objectNode() : ReportJson.read(body, ObjectNode.class);
        } catch (IOException notAnObject) {
            throw notJson();
        }
    }

    /** In a path or a query a number looks like text. */
    private static JsonNode value(String text) {
        return text.matches("\\d{1,18}")
                ? JsonNodeFactory.instance.numberNode(Long.parseLong(text))
                : JsonNodeFactory.instance.textNode(text);
    }

    private static RequestRefused unknownField(String words) {
        return new RequestRefused(400, "unknown-field", words);
    }

    private static RequestRefused notJson() {
        return new RequestRefused(400, "not-json", "the body is a JSON object, or empty");
    }
}
