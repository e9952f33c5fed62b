package dev.tandem.oscar;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.route.Carried;
import java.util.List;
import java.util.Locale;
import org.apache.camel.Exchange;

/**
 * Notes for the journal which of a known client's values a referral overwrites with others, as the bean {@code
 * overwrittenValues}: names of fields, never a value (mapping facts R23).
 */
public final class OverwrittenValues {
    /** The code of the note. */
    public static final String CODE = "overwrites";

    /** After the mapping: the body is what will be sent. */
    public void note(Exchange exchange) {
        JsonNode candidate = exchange.getProperty(Carried.CANDIDATE, JsonNode.class);
        JsonNode sent = exchange.getMessage().getBody(JsonNode.class).path("organization");
        List<String> fields = KnownClient.VALUES.stream()
                .filter(field ->
                        overwrites(field, Fields.text(candidate.path("client"), field), Fields.text(sent, field)))
                .toList();
        if (!fields.isEmpty()) {
            Carried.work(exchange)
                    .note(
                            Fields.text(candidate, "key"),
                            new Note(
                                    CODE,
                                    "what OSCaR had in " + String.join(", ", fields)
                                            + " was overwritten by this referral"));
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
