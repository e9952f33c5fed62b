package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * What the ledger keeps of a client, encrypted, between its feed row and the next referral or decision for it: an upsert
 * overwrites a known client, so what Primero leaves blank is sent back as it was (mapping facts R23).
 */
final class KnownClient {
    /** The values that an upsert overwrites. The local names it empties, whatever is sent. */
    static final List<String> VALUES = List.of(
            "given_name",
            "family_name",
            "local_given_name",
            "local_family_name",
            "gender",
            "date_of_birth",
            "location_current_village_code",
            "mosvy_number");

    private static final List<String> IDS =
            List.of("organization_name", "slug", "global_id", "external_id", "external_id_display");
    private static final List<String> OF_A_SERVICE = List.of("referral_id", "referral_status", "name", "uuid");

    private KnownClient() {}

    /**
     * In the form that {@code effects.jslt} knows as one of its links.
     *
     * @param seenAt when the feed that shows it so was asked for
     */
    static ObjectNode of(JsonNode client, Instant seenAt) {
        ObjectNode link = only(client, IDS).put("seen_at", String.valueOf(seenAt));
        link.set("client", only(client, VALUES));
        var services = link.putArray("services");
        client.path("services").forEach(service -> services.add(only(service, OF_A_SERVICE)));
        return link;
    }

    private static ObjectNode only(JsonNode object, List<String> fields) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        for (String field : fields) {
            if (object.has(field)) {
                some.set(field, object.get(field));
            }
        }
        return some;
    }
}
