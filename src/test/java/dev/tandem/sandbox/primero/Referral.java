package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.Set;

/** A referral as stored: never changed, only replaced. Its JSON keys are those of contract primero-v2 §4.1. */
public final class Referral {
    private final ObjectNode values;

    Referral(ObjectNode values) {
        this.values = values.deepCopy();
    }

    public String id() {
        return values.path("id").asText();
    }

    /** The {@code id} of its case. */
    public String caseId() {
        return values.path("record_id").asText();
    }

    public String status() {
        return values.path("status").asText();
    }

    public String recipient() {
        return values.path("transitioned_to").asText("");
    }

    /** The {@code unique_id} of the service row, blank if none. */
    public String serviceRow() {
        return values.path("service_record_id").asText("");
    }

    boolean is(String... statuses) {
        return Set.of(statuses).contains(status());
    }

    boolean isRemote() {
        return values.path("remote").asBoolean();
    }

    boolean consentOverridden() {
        return values.path("consent_overridden").asBoolean();
    }

    Referral with(ObjectNode more) {
        ObjectNode next = values.deepCopy();
        next.setAll(more);
        return new Referral(next);
    }

    /** Nulls are left out. */
    public ObjectNode json(String caller) {
        ObjectNode out = Json.object();
        values.properties().forEach(entry -> {
            if (!entry.getValue().isNull()) {
                out.set(entry.getKey(), entry.getValue());
            }
        });
        return out.put(
                "user_can_accept_or_reject",
                is("in_progress") && !isRemote() && recipient().equals(caller));
    }

    @Override
    public String toString() {
        return "Referral[" + id() + " " + status() + "]";
    }
}
