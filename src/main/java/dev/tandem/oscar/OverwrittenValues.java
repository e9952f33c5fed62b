package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.route.Carried;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;

/**
 * What an upsert overwrites of a client that OSCaR knows (mapping facts R23): the ledger keeps it, encrypted, so that what
 * Primero leaves blank is sent back as it was; as the bean {@code overwrittenValues} it notes what is overwritten all the same.
 */
public final class OverwrittenValues {
    /** The code of the note. */
    public static final String CODE = "overwrites";

    /** The local names are emptied, whatever is sent. */
    private static final List<String> VALUES = List.of(
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

    /**
     * What is kept of a client, in the form that {@code effects.jslt} knows as one of its links.
     *
     * @param seenAt when the feed that shows it so was asked for
     */
    static ObjectNode kept(JsonNode client, Instant seenAt) {
        ObjectNode link = only(client, IDS).put("seen_at", String.valueOf(seenAt));
        link.set("client", only(client, VALUES));
        var services = link.putArray("services");
        client.path("services").forEach(service -> services.add(only(service, OF_A_SERVICE)));
        return link;
    }

    private static ObjectNode only(JsonNode object, List<String> fields) {
        ObjectNode some = JsonNodeFactory.instance.objectNode();
        fields.stream().filter(object::has).forEach(field -> some.set(field, object.get(field)));
        return some;
    }

    /** After the mapping, when the body is what will be sent: notes names of fields for the journal, never a value. */
    public void note(Exchange exchange) {
        JsonNode candidate = exchange.getProperty(Carried.CANDIDATE, JsonNode.class);
        JsonNode sent = exchange.getMessage().getBody(JsonNode.class).path("organization");
        List<String> fields = VALUES.stream()
                .filter(field ->
                        overwrites(field, Fields.text(candidate.path("client"), field), Fields.text(sent, field)))
                .toList();
        if (!fields.isEmpty()) {
            String words = "what OSCaR had in " + String.join(", ", fields) + " was overwritten by this referral";
            Carried.work(exchange).note(Fields.text(candidate, "key"), new Note(CODE, words));
        }
    }

    private static boolean overwrites(String field, String known, String sent) {
        return !Fields.isBlank(known) && !meant(field, known).equals(meant(field, sent));
    }

    /** OSCaR's own ways of writing the same: a digit too many before a year, leading zeros, capitals. */
    private static String meant(String field, String value) {
        return switch (field) {
            case "date_of_birth" -> value.length() == 11 ? value.substring(1) : value;
            case "location_current_village_code" -> value.replaceFirst("^0+", "");
            case "gender" -> value.toLowerCase(Locale.ROOT);
            default -> value;
        };
    }
}
