package dev.tandem.contract.primero;

import static dev.tandem.contract.primero.Primero.at;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;

/** The server that the clauses of a subclass ask, and what many of them need. */
abstract class PrimeroClauses {
    static final String CONSENT = "\"consent_for_services\":true,\"disclosure_other_orgs\":true";

    final Primero primero;

    PrimeroClauses(Primero primero) {
        this.primero = primero;
    }

    static String rows(String... rows) {
        return "{\"services_section\":[" + String.join(",", rows) + "]}";
    }

    static String row(String uniqueId, String fields) {
        return "{\"unique_id\":\"" + uniqueId + "\"" + (fields.isEmpty() ? "" : "," + fields) + "}";
    }

    JsonNode services(String id) {
        return primero.read(id).path("services_section");
    }

    Answer write(String id, String... rows) {
        return primero.patch(at(id), rows(rows)).is(200);
    }

    static String referrals(String id) {
        return at(id) + "/referrals";
    }

    String stamp(String id) {
        return primero.read(id).path("last_updated_at").asText();
    }
}
