package dev.tandem.ledger.route;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import java.util.List;

/** What of a JSON value counts: all but what the option {@code ignoring} names, which changes without being a change. */
final class Content {
    private final List<JsonPointer> ignoring;

    Content(LedgerOptions options) {
        ignoring = options.pointers("ignoring");
    }

    JsonNode without(JsonNode value) {
        JsonNode counted = ignoring.isEmpty() ? value : value.deepCopy();
        for (JsonPointer pointer : ignoring) {
            if (counted.at(pointer.head()) instanceof ObjectNode parent) {
                parent.remove(pointer.last().getMatchingProperty());
            }
        }
        return counted;
    }

    /** The bytes that a record's fingerprint is taken of; personal data until then. */
    byte[] of(JsonNode record) {
        return CanonicalJson.bytes(without(record));
    }
}
