package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.Map;
import java.util.UUID;

/**
 * What a person does on Primero's screens. The same rules apply as over HTTP: what they forbid ends in an exception that
 * names the HTTP status. Case ids are the {@code id}, not the {@code case_id}.
 */
public final class SocialWorker {
    static final String ACCEPTED = "accepted_340953";
    static final String REJECTED = "rejected_936484";

    private final PrimeroSimulator primero;
    private final Account user;

    SocialWorker(PrimeroSimulator primero, Account user) {
        this.primero = primero;
        this.user = user;
    }

    /** A new case in the usual module, unless the fields name another. @return its id */
    public String newCase(Map<String, ?> fields) {
        return newCase(Json.of(fields));
    }

    public String newCase(ObjectNode fields) {
        ObjectNode data = Json.object().put("module_id", Configuration.MODULE);
        data.setAll(fields);
        return primero.store().create(data, user).row().id();
    }

    /** Adds a row to the services. @return its {@code unique_id} */
    public String addService(String caseId, Map<String, ?> fields) {
        String uniqueId = fields.containsKey("unique_id")
                ? String.valueOf(fields.get("unique_id"))
                : UUID.randomUUID().toString();
        ObjectNode row = Json.of(fields).put("unique_id", uniqueId);
        patchRow(caseId, row);
        return uniqueId;
    }

    /** Refers the row of that id to a user. @return the referral's id */
    public String refer(String caseId, String serviceRowId, String toUser, String notes) {
        JsonNode row = row(caseId, serviceRowId);
        ObjectNode wish = Json.object()
                .put("transitioned_to", toUser)
                .put("notes", notes)
                .put("service_record_id", serviceRowId)
                .put("service", row.path("service_type").asText());
        return primero.referralStore().create(caseId, wish, user).referral().id();
    }

    /** A referral that names no service. @return its id */
    public String referWithoutService(String caseId, String toUser, String notes) {
        ObjectNode wish = Json.object().put("transitioned_to", toUser).put("notes", notes);
        return primero.referralStore().create(caseId, wish, user).referral().id();
    }

    public void edit(String caseId, Map<String, ?> fields) {
        patch(caseId, Json.of(fields));
    }

    public void editService(String caseId, String serviceRowId, Map<String, ?> fields) {
        patchRow(caseId, Json.of(fields).put("unique_id", serviceRowId));
    }

    public void deleteService(String caseId, String serviceRowId) {
        patchRow(caseId, Json.object().put("unique_id", serviceRowId).put("_destroy", true));
    }

    /** Decides a referral that came from OSCaR: accepted. */
    public void acceptFromOscar(String caseId, String serviceRowId) {
        editService(caseId, serviceRowId, Map.of("referral_status_edf41f2", ACCEPTED));
    }

    public void rejectFromOscar(String caseId, String serviceRowId) {
        editService(caseId, serviceRowId, Map.of("referral_status_edf41f2", REJECTED));
    }

    public void accept(String referralId) {
        move(referralId, "accepted");
    }

    public void reject(String referralId) {
        move(referralId, "rejected");
    }

    public void done(String referralId) {
        move(referralId, "done");
    }

    public void revoke(String referralId) {
        primero.referralStore().revoke(referralId, user);
    }

    public void giveConsent(String caseId) {
        edit(caseId, Map.of("consent_for_services", true, "disclosure_other_orgs", true));
    }

    public void withdrawConsent(String caseId) {
        edit(caseId, Map.of("consent_for_services", false, "disclosure_other_orgs", false));
    }

    public void disable(String caseId) {
        edit(caseId, Map.of("record_state", false));
    }

    public void enable(String caseId) {
        edit(caseId, Map.of("record_state", true));
    }

    public void close(String caseId) {
        edit(caseId, Map.of("status", "closed"));
    }

    public void reopen(String caseId) {
        edit(caseId, Map.of("status", "open", "case_status_reopened", true));
    }

    public void setOwner(String caseId, String userName) {
        edit(caseId, Map.of("owned_by", userName));
    }

    private void move(String referralId, String status) {
        primero.referralStore().update(referralId, Json.object().put("status", status), user);
    }

    private JsonNode row(String caseId, String uniqueId) {
        for (JsonNode row : primero.store().get(caseId).data().path("services_section")) {
            if (row.path("unique_id").asText().equals(uniqueId)) {
                return row;
            }
        }
        throw new IllegalArgumentException("no such service row");
    }

    private void patchRow(String caseId, ObjectNode row) {
        ObjectNode data = Json.object();
        data.putArray("services_section").add(row);
        patch(caseId, data);
    }

    private void patch(String caseId, ObjectNode data) {
        primero.store().patch(caseId, data, user);
    }
}
