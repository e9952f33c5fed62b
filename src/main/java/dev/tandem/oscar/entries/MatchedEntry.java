package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One entry of a feed row, and what it is to the Primero case.
 *
 * @param uniqueId for ROW and ROW_NEW, the row's {@code unique_id}; for ANSWER, that of the row whose referral it answers;
 *     else null
 * @param row the row as the case has it now; null if it has none
 * @param referral the Primero referral that it answers; null if it answers none or that one is gone
 * @param referrals every in-progress referral that its decision touches, the one before included (mapping-facts 4.2)
 * @param decided {@code Accepted} or {@code Exited}; null if this entry decides nothing
 * @param reason why it PARKS, WAITS or is NOTHING; of a ROW_NEW, why it is not made yet; of an ANSWER, how its decision was
 *     found, if that is to be journaled; else null
 * @param newest whether it is of the highest {@code referral_id} among the client's own entries
 * @param baseline whether it was there before us and is only listed (mapping-facts R22)
 */
record MatchedEntry(
        JsonNode entry,
        String key,
        As as,
        String uniqueId,
        JsonNode row,
        JsonNode referral,
        List<JsonNode> referrals,
        String decided,
        EntryReason reason,
        boolean newest,
        boolean baseline) {
    static final EntryReason BEFORE_US = EntryReason.of("baseline", "services", "it was there before this ledger", "");

    /** What the entry is; {@link #inMapping()} is the word that mappings see. */
    enum As {
        ROW_NEW("row-new"),
        ROW("row"),
        ANSWER("answer"),
        NOTHING("nothing"),
        WAITS("waits"),
        PARKS("parks");

        private final String inMapping;

        As(String inMapping) {
            this.inMapping = inMapping;
        }

        String inMapping() {
            return inMapping;
        }
    }

    static MatchedEntry without(Entry entry, As as, EntryReason reason) {
        return new MatchedEntry(entry.json(), entry.key(), as, null, null, null, List.of(), null, reason, false, false);
    }

    static MatchedEntry baseline(Entry entry) {
        return without(entry, As.NOTHING, BEFORE_US).because(As.NOTHING, BEFORE_US, true);
    }

    /** The same, held back: it touches nothing. */
    MatchedEntry because(As held, EntryReason why, boolean listed) {
        return new MatchedEntry(entry, key, held, uniqueId, row, referral, List.of(), decided, why, newest, listed);
    }

    ObjectNode forMapping() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("entry", entry);
        node.put("key", key).put("as", as.inMapping()).put("newest", newest);
        if (uniqueId != null) {
            node.put("unique_id", uniqueId);
        }
        if (row != null) {
            node.set("row", row);
        }
        if (referral != null) {
            node.set("referral", referral);
        }
        if (!referrals.isEmpty()) {
            node.putArray("referrals").addAll(referrals);
        }
        if (decided != null) {
            node.put("decided", decided);
        }
        if (baseline) {
            node.put("baseline", true);
        }
        if (reason != null) {
            switch (as) {
                case PARKS, ROW_NEW ->
                    node.putObject("parks")
                            .put("code", reason.code())
                            .put("field", reason.field())
                            .put("words", reason.words())
                            .put("stumbledOver", reason.offendingValue());
                case WAITS ->
                    node.putObject("waits").put("for", reason.waitsFor()).put("words", reason.words());
                default -> node.putObject("because").put("code", reason.code()).put("words", reason.words());
            }
        }
        return node;
    }

    /** Keys only: an entry, a row and a referral are personal data. */
    @Override
    public String toString() {
        return "MatchedEntry[" + key + " " + as.inMapping() + "]";
    }
}
