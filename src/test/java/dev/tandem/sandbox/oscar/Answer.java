package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Status and JSON body of one answer. */
record Answer(int status, JsonNode body) {
    static final String SAVED = "Record saved.";
    static final String SEE_LOGS = "Record error. Please check OSCaR logs for details.";

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static Answer saved() {
        return new Answer(200, object().put("message", SAVED));
    }

    static Answer saved(String externalId) {
        return new Answer(200, object().put("external_id", externalId).put("message", SAVED));
    }

    static Answer unprocessable(String externalId, JsonNode message) {
        return new Answer(422, object().put("external_id", externalId).set("message", message));
    }

    static Answer unprocessable(ObjectNode body) {
        return new Answer(422, body);
    }
}
