package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;

/**
 * "Say nothing" and "clear the field" are two things, and JSLT has one null. So a key that a mapping gives null is left
 * out, and who means a null writes {@code explicit-null()}: a marker that becomes null at the very end.
 */
final class NullRule {
    static final JsonNode EXPLICIT_NULL = new POJONode("explicit null");

    private NullRule() {}

    /** The same with nulls where the marker was. Nothing is changed in place: parts of it may be the input's. */
    static JsonNode finish(JsonNode node) {
        if (!holdsMarker(node)) {
            return node;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> object.set(entry.getKey(), finish(entry.getValue())));
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(finish(element)));
            return array;
        }
        return NullNode.instance;
    }

    private static boolean holdsMarker(JsonNode node) {
        TimeLimit.check();
        if (!node.isContainerNode()) {
            return node.equals(EXPLICIT_NULL);
        }
        for (JsonNode child : node) {
            if (holdsMarker(child)) {
                return true;
            }
        }
        return false;
    }
}
