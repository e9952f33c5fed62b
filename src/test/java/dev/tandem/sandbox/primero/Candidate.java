package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** A row while it is filtered: its JSON is read only if a filter needs it. */
final class Candidate {
    private final Stored row;
    private ObjectNode data;

    Candidate(Stored row) {
        this.row = row;
    }

    Stored row() {
        return row;
    }

    ObjectNode data() {
        if (data == null) {
            data = row.data();
        }
        return data;
    }

    JsonNode value(String field) {
        return switch (field) {
            case "id" -> TextNode.valueOf(row.id());
            case "record_state" -> BooleanNode.valueOf(row.enabled());
            case "status" -> TextNode.valueOf(row.status());
            case "owned_by" -> TextNode.valueOf(row.ownedBy());
            case "case_id" -> TextNode.valueOf(row.caseId());
            case "oscar_number" -> TextNode.valueOf(row.oscarNumber());
            default -> data().path(field);
        };
    }
}
