package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.http.Request;
import java.util.List;

/** The endpoints nobody should need (contract oscar-interop §6), as far as their failures matter. */
final class Minor {
    private static final List<String> GATE = List.of(
            "given_name",
            "family_name",
            "local_given_name",
            "local_family_name",
            "date_of_birth",
            "address_current_village_code",
            "birth_province_id");

    private final Oscar oscar;

    Minor(Oscar oscar) {
        this.oscar = oscar;
    }

    /** Equal names and birth date stand in for OSCaR's similarity. */
    Reply duplication(Request request) {
        if (GATE.stream().allMatch(key -> Text.blank(request.query(key).orElse(null)))) {
            throw new Raised("missing template");
        }
        int code = request.query("address_current_village_code").orElse("").length();
        synchronized (oscar) {
            List<Client> clients = oscar.tenants.values().stream()
                    .flatMap(t -> t.clients.stream())
                    .toList();
            if (!clients.isEmpty() && (code == 0 || code % 2 != 0 || code > 8)) {
                throw new Raised("undefined method for nil");
            }
            boolean found = clients.stream()
                    .anyMatch(c -> same(request, "given_name", c.givenName)
                            && same(request, "family_name", c.familyName)
                            && same(request, "date_of_birth", c.dateOfBirth));
            return Reply.json(
                    200, Answer.object().put("similar_fields", found ? "Record was Found" : "Record was not found"));
        }
    }

    private static boolean same(Request request, String key, String value) {
        return request.query(key).orElse("").equals(Text.orEmpty(value));
    }

    /** Nothing makes such documents any more. */
    Reply transaction() {
        return Reply.json(500, Answer.object().put("message", Answer.SEE_LOGS));
    }

    Reply organizations() {
        ObjectNode body = Answer.object();
        ArrayNode list = body.putArray("organizations");
        synchronized (oscar) {
            for (Tenant tenant : oscar.tenants.values()) {
                if (tenant.organizationId == null || tenant.removed) {
                    continue;
                }
                ObjectNode one = list.addObject()
                        .put("id", tenant.organizationId)
                        .put("full_name", "Example NGO " + tenant.name)
                        .put("short_name", tenant.name);
                one.putObject("logo").putNull("url");
                one.put("country", "cambodia").put("demo", false);
            }
        }
        return Reply.json(200, body);
    }

    /** Creating and changing tenants wants a static token that no client of ours has. */
    static Reply denied() {
        return Reply.text(401, "text/html", "HTTP Token: Access denied.\n")
                .with("WWW-Authenticate", "Token realm=\"Application\"");
    }
}
