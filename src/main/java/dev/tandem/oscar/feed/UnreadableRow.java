package dev.tandem.oscar.feed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import dev.tandem.outcome.Unmappable;

/**
 * A row of the feed that cannot be read: an item of its own, listed, that stops no other (protocol 6).
 *
 * @param position in the answer, from 1
 * @param record of the client, or blank if the row does not name it
 */
public record UnreadableRow(long position, String record, String why) {
    static final String TOO_LARGE = "holds more than 4 million bytes, or brackets within brackets beyond measure";
    static final String BROKEN = "is no JSON, or has a text or a number beyond measure";
    static final String NUMBER = "has a number beyond measure";
    static final String NO_OBJECT = "is no object";
    static final String NAMELESS = "does not name its NGO, or has a name that cannot be kept";

    /** Of what cannot be read the ledger keeps this, in place of the client. */
    private static final String KEPT = "tandem_unreadable";

    static UnreadableRow of(long position, String ngo, String slug, String why) {
        String record = ngo + "/" + slug;
        boolean named = !Fields.isBlank(ngo) && !Fields.isBlank(slug) && Feed.canBeNamed(record);
        return new UnreadableRow(position, named ? record : "", why);
    }

    boolean named() {
        return !record.isEmpty();
    }

    /** Where the row does not name its client: by its place among such rows, which stays while others come and go. */
    static String recordOfNameless(int place) {
        return "unreadable/row-" + place;
    }

    /** What is kept of it; what the fingerprint is taken of leaves out the position, which moves. */
    ObjectNode kept() {
        return JsonNodeFactory.instance.objectNode().put(KEPT, why).put("position", position);
    }

    public static JsonNode content(JsonNode kept) {
        return kept.deepCopy() instanceof ObjectNode copy ? copy.without("position") : kept;
    }

    /** What is kept once a full read has no such row any more. */
    static ObjectNode gone() {
        return JsonNodeFactory.instance.objectNode().put(KEPT, "");
    }

    /** Of what is no single row. */
    static ObjectNode said(String why) {
        return JsonNodeFactory.instance.objectNode().put(KEPT, why);
    }

    public static boolean is(JsonNode kept) {
        return kept.has(KEPT);
    }

    public static boolean isGone(JsonNode kept) {
        return kept.path(KEPT).asText().isEmpty();
    }

    /** Why it parks. */
    public static Unmappable setback(JsonNode kept) {
        String why = Fields.text(kept, KEPT);
        return kept.has("position")
                ? new Unmappable(
                        "unreadable-row",
                        "",
                        "row " + Fields.text(kept, "position") + " of OSCaR's feed " + why
                                + ": correct it in OSCaR; the other rows were read",
                        why)
                : new Unmappable("unreadable-feed", "", why, why);
    }
}
