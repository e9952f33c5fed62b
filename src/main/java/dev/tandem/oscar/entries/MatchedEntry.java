package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
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
 * @param reason why it PARKS, WAITS or is NOTHING; of an ANSWER, how its decision was found, if that is to be journaled; else
 *     null
 * @param newest whether it is of the highest {@code referral_id} among the client's own entries
 * @param baseline whether it was there before us and is only listed (mapping-facts R22)
 */
public record MatchedEntry(
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

    /** What the entry is; {@link #inMapping()} is the word that mappings see. */
    public enum As {
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

        /** {@code row-new}, {@code row}, {@code answer}, {@code nothing}, {@code waits} or {@code parks}. */
        public String inMapping() {
            return inMapping;
        }
    }

    static MatchedEntry without(Entry entry, As as, EntryReason reason) {
        return new MatchedEntry(entry.json(), entry.key(), as, null, null, null, List.of(), null, reason, false, false);
    }

    static MatchedEntry baseline(Entry entry, EntryReason reason) {
        return new MatchedEntry(
                entry.json(), entry.key(), As.NOTHING, null, null, null, List.of(), null, reason, false, true);
    }

    /** Keys only: an entry, a row and a referral are personal data. */
    @Override
    public String toString() {
        return "MatchedEntry[" + key + " " + as.inMapping() + "]";
    }
}
