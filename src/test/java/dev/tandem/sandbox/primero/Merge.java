package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.Optional;
import java.util.UUID;

/** The merge of a stored record with what was sent (contract primero-v2 §3.7), to the letter. */
final class Merge {
    private Merge() {}

    static JsonNode merge(JsonNode old, JsonNode sent) {
        if (old.isObject() && sent.isObject()) {
            ObjectNode out = (ObjectNode) old.deepCopy();
            sent.properties().forEach(entry -> {
                JsonNode present = out.get(entry.getKey());
                out.set(entry.getKey(), present == null ? entry.getValue() : merge(present, entry.getValue()));
            });
            return out;
        }
        if (isRows(old) && isRows(sent)) {
            return mergeRows((ArrayNode) old, (ArrayNode) sent);
        }
        return sent;
    }

    /** An empty array counts as rows, whatever it was an array of. */
    private static boolean isRows(JsonNode node) {
        return node.isArray() && (node.isEmpty() || node.get(0).isObject());
    }

    private static ArrayNode mergeRows(ArrayNode old, ArrayNode sent) {
        ArrayNode out = Json.array();
        for (JsonNode row : old) {
            JsonNode merged = find(sent, row.get("unique_id"))
                    .map(update -> merge(row, update))
                    .orElse(row);
            add(out, merged);
        }
        // Compared with the old rows only: two new rows with the same new id both go in.
        for (JsonNode row : sent) {
            if (find(old, row.get("unique_id")).isEmpty()) {
                add(out, row);
            }
        }
        return out;
    }

    private static Optional<JsonNode> find(ArrayNode rows, JsonNode uniqueId) {
        if (uniqueId == null || uniqueId.isNull()) {
            return Optional.empty();
        }
        for (JsonNode row : rows) {
            if (uniqueId.equals(row.get("unique_id"))) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private static void add(ArrayNode out, JsonNode row) {
        if (!row.path("_destroy").asBoolean()) {
            out.add(row);
        }
    }

    /** Afterwards: every subform row without an id gets one. */
    static void stampRows(ObjectNode data) {
        for (JsonNode value : data) {
            if (value.isArray()) {
                for (JsonNode row : value) {
                    if (row instanceof ObjectNode object && !object.hasNonNull("unique_id") && isSubformRow(object)) {
                        object.put("unique_id", UUID.randomUUID().toString());
                    }
                }
            }
        }
    }

    private static boolean isSubformRow(ObjectNode row) {
        return !row.has("reopened_date");
    }
}
