package dev.tandem.oscar.entries;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * One entry of a feed row, and what it is to the Primero case; as JSON, an entry as the mappings see it.
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
@JsonInclude(Include.NON_NULL)
record MatchedEntry(
        JsonNode entry,
        String key,
        As as,
        @JsonProperty("unique_id") String uniqueId,
        JsonNode row,
        JsonNode referral,
        @JsonInclude(Include.NON_EMPTY) List<JsonNode> referrals,
        String decided,
        @JsonIgnore EntryReason reason,
        boolean newest,
        @JsonInclude(Include.NON_DEFAULT) boolean baseline) {
    static final EntryReason BEFORE_US = EntryReason.of("baseline", "services", "it was there before this ledger", "");

    enum As {
        ROW_NEW,
        ROW,
        ANSWER,
        NOTHING,
        WAITS,
        PARKS;

        /** The word that mappings see, such as {@code row-new}. */
        @JsonValue
        String inMapping() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
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

    @JsonProperty
    @JsonIncludeProperties({"code", "field", "words", "offendingValue"})
    EntryReason parks() {
        return as == As.PARKS || as == As.ROW_NEW ? reason : null;
    }

    @JsonProperty
    @JsonIncludeProperties({"for", "words"})
    EntryReason waits() {
        return as == As.WAITS ? reason : null;
    }

    @JsonProperty
    @JsonIncludeProperties({"code", "words"})
    EntryReason because() {
        return as == As.NOTHING || as == As.ANSWER ? reason : null;
    }

    /** Keys only: an entry, a row and a referral are personal data. */
    @Override
    public String toString() {
        return "MatchedEntry[" + key + " " + as.inMapping() + "]";
    }
}
