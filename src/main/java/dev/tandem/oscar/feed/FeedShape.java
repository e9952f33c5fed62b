package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.oscar.entries.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the two shapes of a feed row have in common (contract oscar-interop §2.7). A window of creation shows every client in
 * shape B, so that what shape A alone has is not blank there but unknown (protocol 6).
 */
public final class FeedShape {
    /** The keys that every row has, besides its services. */
    public static final List<String> SHARED = List.of(
            "slug",
            "global_id",
            "external_id",
            "external_id_display",
            "mosvy_number",
            "given_name",
            "family_name",
            "gender",
            "date_of_birth",
            "status",
            "location_current_village_code",
            "organization_name",
            "organization_address_code",
            "case_worker_name",
            "case_worker_mobile",
            "is_referred");

    /** Shape A's alone. */
    private static final List<String> REFERRED =
            List.of("level_of_risk", "reason_for_referral", "referral_consent_form", "address_current_village_code");

    private FeedShape() {}

    /** Shape A is the one without this key. */
    private static boolean isReferred(JsonNode row) {
        return !row.has("resource");
    }

    /**
     * Whether a window shows so little of the client that it cannot be worked on: referred, and unlinked, it has services and a
     * level of risk that only shape A tells.
     */
    static boolean hides(JsonNode inWindow) {
        return Fields.isTrue(inWindow, "is_referred") && Fields.isBlank(Fields.text(inWindow, "external_id"));
    }

    /** What both shapes show alike, null or blank. */
    static byte[] shared(JsonNode row) {
        ObjectNode shared = JsonNodeFactory.instance.objectNode();
        SHARED.forEach(field -> shared.put(field, Fields.text(row, field)));
        if (!Fields.isBlank(Fields.text(row, "external_id"))) {
            shared.set("services", row.path("services"));
        }
        return CanonicalJson.bytes(shared);
    }

    /** What a window will show of a client that was read in full, as far as that is known. */
    static byte[] inWindow(JsonNode full) {
        return isReferred(full) ? shared(full) : CanonicalJson.bytes(full);
    }

    /**
     * A newer row from a window, completed from a full one that is still to be worked on; nothing if that one knows too little:
     * what shape A adds is that of the newest referral.
     */
    static Optional<JsonNode> completed(JsonNode inWindow, JsonNode full) {
        if (!isReferred(full)) {
            return Optional.of(inWindow);
        }
        if (!newestReferral(full).equals(newestReferral(inWindow))) {
            return Optional.empty();
        }
        ObjectNode completed = ((ObjectNode) inWindow.deepCopy())
                .without(List.of("resource", "local_given_name", "local_family_name"));
        REFERRED.stream().filter(full::has).forEach(field -> completed.set(field, full.get(field)));
        return Optional.of(completed);
    }

    private static Optional<Long> newestReferral(JsonNode row) {
        return Entry.of(row).stream()
                .map(Entry::referralId)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }
}
