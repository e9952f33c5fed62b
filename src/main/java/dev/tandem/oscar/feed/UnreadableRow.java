package dev.tandem.oscar.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.CanonicalJson;
import dev.tandem.json.Fields;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.links.Mark;
import dev.tandem.outcome.Unmappable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A row of the feed that cannot be read: an item of its own, listed, that stops no other (protocol 6).
 *
 * @param position in the answer, from 1
 * @param record of the client, or blank if the row does not name it
 */
record UnreadableRow(long position, String record, String why) {
    static final String TOO_LARGE = "holds more than 4 million bytes, or brackets within brackets beyond measure";
    static final String BROKEN = "is no JSON, or has a text or a number beyond measure";
    static final String NUMBER = "has a number beyond measure";
    static final String NO_OBJECT = "is no object";
    static final String NAMELESS = "does not name its NGO, or has a name that cannot be kept";

    /** Of what cannot be read the ledger keeps this, in place of the client. */
    private static final String KEPT = "tandem_unreadable";

    static UnreadableRow of(long position, String ngo, String slug, String why) {
        boolean named = !Fields.isBlank(slug) && Feed.canBeNamed(ngo, slug);
        return new UnreadableRow(position, named ? ngo + "/" + slug : "", why);
    }

    boolean named() {
        return !record.isEmpty();
    }

    /** Where the row does not name its client: by its place among such rows, which stays while others come and go. */
    static String recordOfNameless(int place) {
        return "unreadable/row-" + place;
    }

    Mark mark(String listedAs, Instant requestedAt, boolean inWindow) {
        return mark(listedAs, kept(why).put("position", position), requestedAt, inWindow);
    }

    /** Lists what is no single row. */
    static void list(Ledger ledger, String listedAs, String why, Instant now) {
        ledger.marks().mark(ClientSweep.FLOW, List.of(mark(listedAs, kept(why), now, false)));
    }

    /** Lists it no longer, once a read has shown that it is gone. Whether it was listed. */
    static boolean isGone(Ledger ledger, String listedAs, Instant now) {
        if (ledger.effects().of(ClientSweep.FLOW, listedAs).isEmpty()) {
            return false;
        }
        list(ledger, listedAs, "", now);
        return true;
    }

    private static Mark mark(String listedAs, ObjectNode kept, Instant requestedAt, boolean inWindow) {
        byte[] content = CanonicalJson.bytes(content(kept));
        return new Mark(
                listedAs,
                Optional.of(content),
                Optional.empty(),
                Optional.of(kept.toString().getBytes(UTF_8)),
                requestedAt,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                inWindow ? Optional.of(new Mark.InWindow(content, true)) : Optional.empty());
    }

    private static ObjectNode kept(String why) {
        return JsonNodeFactory.instance.objectNode().put(KEPT, why);
    }

    /** What the fingerprint is taken of: without the position, which moves. */
    static JsonNode content(JsonNode kept) {
        return kept.deepCopy() instanceof ObjectNode copy ? copy.without("position") : kept;
    }

    static boolean is(JsonNode kept) {
        return kept.has(KEPT);
    }

    /** Whether a full read has no such row any more. */
    static boolean isGone(JsonNode kept) {
        return kept.path(KEPT).asText().isEmpty();
    }

    /** Why it parks. */
    static Unmappable setback(JsonNode kept) {
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
