package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.outcome.Refused;
import java.util.List;

/**
 * What of a case counts for its fingerprint: all but what depends on who asks, or changes without the case. {@code
 * last_updated_at} counts, because a referral changes nothing else (protocol 5).
 */
public final class CaseFingerprint {
    private static final List<String> TRANSIENT = List.of(
            "record_in_scope",
            "alert_count",
            "flag_count",
            "sync_status",
            "synced_at",
            "permitted_forms",
            "permitted_form_actions",
            "photos",
            "current_photo",
            "photo",
            "current_alert_types",
            "referred_users",
            "referred_users_present");

    private CaseFingerprint() {}

    /**
     * The bytes to be hashed under the ledger's key; personal data until then.
     *
     * @throws Refused if the case holds a number that none of ours can be, such as {@code 1e400}
     */
    public static byte[] content(JsonNode theCase) {
        ObjectNode counted = JsonNodeFactory.instance.objectNode();
        counted.setAll((ObjectNode) theCase);
        counted.remove(TRANSIENT);
        try {
            return CanonicalJson.bytes(counted);
        } catch (NumberFormatException tooLarge) {
            throw new Refused("beyond-limits", "the case holds a number that is too large to be read", 200, List.of());
        }
    }
}
