package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that tying one feed row may look at.
 *
 * @param client the feed row
 * @param theCase the Primero case in full; null if there is none
 * @param whyNoCase why the look-up found none and none will be made; null if a case was found or is to be made
 * @param referrals the case's Primero referrals; null if they were not read (see {@link EntryMatching#needsReferrals})
 * @param ties of the whole case, whatever the NGO
 * @param sent the case's effects {@code referral:...} that were sent or may have been
 * @param seen when each entry of this client was first seen, and in which states, by entry key; a missing one is seen now
 * @param readAt when this feed row was read (not when the request began: see {@link FirstSeen})
 */
public record Situation(
        JsonNode client,
        JsonNode theCase,
        EntryReason whyNoCase,
        List<JsonNode> referrals,
        List<KnownMatch> ties,
        List<SentReferral> sent,
        BeforeLedger birth,
        Map<String, FirstSeen> seen,
        Instant readAt) {

    FirstSeen firstSeen(Entry entry) {
        EntryState now = EntryState.of(client, entry);
        FirstSeen known = seen.get(entry.key());
        return known == null ? new FirstSeen(readAt, now) : known.and(now);
    }

    @Override
    public String toString() {
        return "Situation[" + ties.size() + " ties, " + sent.size() + " sent]";
    }
}
