package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.time.Instant;

/**
 * One saved state of a case: never changed, only replaced as a whole, as Primero saves its JSON column (contract
 * primero-v2 §3.10). Kept as bytes, since a hundred thousand trees would not fit; what lists filter by is beside them.
 */
final class Stored {
    private final String id;
    private final byte[] data;
    private final Instant createdAt;
    private final Instant lastUpdatedAt;
    private final boolean enabled;
    private final String status;
    private final String ownedBy;
    private final String caseId;
    private final String oscarNumber;

    Stored(String id, ObjectNode data) {
        this.id = id;
        this.data = Json.bytes(data);
        this.createdAt = Times.instant(data.path("created_at").asText()).orElseThrow();
        this.lastUpdatedAt =
                Times.instant(data.path("last_updated_at").asText()).orElseThrow();
        this.enabled = data.path("record_state").asBoolean();
        this.status = data.path("status").asText().intern();
        this.ownedBy = data.path("owned_by").asText().intern();
        this.caseId = data.path("case_id").asText();
        this.oscarNumber = data.path("oscar_number").asText("");
    }

    String id() {
        return id;
    }

    /** A copy of its own. */
    ObjectNode data() {
        return (ObjectNode) Json.read(data);
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant lastUpdatedAt() {
        return lastUpdatedAt;
    }

    boolean enabled() {
        return enabled;
    }

    String status() {
        return status;
    }

    String ownedBy() {
        return ownedBy;
    }

    String caseId() {
        return caseId;
    }

    String oscarNumber() {
        return oscarNumber;
    }
}
