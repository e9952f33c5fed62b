package dev.tandem.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.tandem.sandbox.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A server's answer. What it says of itself for the table ({@link #shape}) is status, type and keys, never values.
 *
 * @param headers first values, by lower-case name
 */
public record Answer(int status, Map<String, String> headers, String text) {
    public Answer {
        headers = new TreeMap<>(headers);
    }

    /** This answer, if it has that status. */
    public Answer is(int wanted) {
        if (status != wanted) {
            throw new Different("status " + wanted, shape());
        }
        return this;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The body; missing where it is no JSON. */
    public JsonNode json() {
        try {
            return Json.read(text);
        } catch (IllegalArgumentException notJson) {
            return MissingNode.getInstance();
        }
    }

    public JsonNode data() {
        return json().path("data");
    }

    public int total() {
        return json().path("metadata").path("total").asInt(-1);
    }

    /** One field of each row. */
    public List<String> values(String field) {
        List<String> values = new ArrayList<>();
        data().forEach(row -> values.add(row.path(field).asText()));
        return values;
    }

    /** Primero's first error: its pointers, or the one attribute. */
    public List<String> detail() {
        JsonNode detail = json().path("errors").path(0).path("detail");
        List<String> all = new ArrayList<>();
        if (detail.isArray()) {
            detail.forEach(each -> all.add(each.asText()));
        } else {
            all.add(detail.asText());
        }
        all.sort(null);
        return all;
    }

    public static List<String> keys(JsonNode object) {
        List<String> keys = new ArrayList<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** Such as {@code status 422 application/json [errors]}. */
    public String shape() {
        String type = header("content-type")
                .map(value -> " " + value.replaceFirst(";.*", ""))
                .orElse("");
        String body = text.isEmpty() ? " empty" : json().isObject() ? " " + keys(json()) : "";
        return "status " + status + type + body;
    }

    @Override
    public String toString() {
        return shape();
    }
}
