package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.time.ZoneOffset;

/** A row while it is filtered: its JSON is read only if a filter needs it. */
final class Candidate {
    private final Stored row;
    private final ZoneOffset server;
    private ObjectNode data;

    Candidate(Stored row, ZoneOffset server) {
        this.row = row;
        this.server = server;
    }

    /** As it is compared: its text is in the server's local time, and the offset in it is ignored (contract primero-v2 §2.3). */
    Instant lastUpdatedAt() {
        return row.lastUpdatedAt().plusSeconds(server.getTotalSeconds());
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
