package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;

/** What a caller sends to OSCaR to refer a child. */
public final class ReferralBody {
    private ReferralBody() {}

    /** A complete, valid body of an upsert, of a synthetic child. */
    public static ObjectNode of(String tenant, String externalId, String globalId) {
        ObjectNode body = Json.object()
                .put("organization_name", tenant)
                .put("global_id", globalId)
                .put("external_id", externalId)
                .put("external_id_display", "0000001")
                .put("mosvy_number", "")
                .put("given_name", "Vanna")
                .put("family_name", "Test")
                .put("gender", "male")
                .put("date_of_birth", "2012-05-14")
                .put("location_current_village_code", "08080906")
                .put("address_current_village_code", "08080906")
                .put("reason_for_referral", "Family preservation support")
                .put("external_case_worker_name", "primero_cp")
                .put("external_case_worker_id", "41")
                .put("external_case_worker_mobile", "012000009")
                .put("external_case_worker_email", "cp@example.org")
                .put("level_of_risk", "medium")
                .put("is_referred", true);
        body.set("services", services("Family preservation"));
        return body;
    }

    public static ArrayNode services(String... names) {
        ArrayNode services = Json.array();
        for (String name : names) {
            services.addObject().put("uuid", "ignored").put("name", name);
        }
        return services;
    }
}
