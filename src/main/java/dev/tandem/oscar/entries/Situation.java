package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that matching one feed row may look at.
 *
 * @param client the feed row
 * @param matches of the whole case, whatever the NGO
 * @param sent the case's effects {@code referral:...} that were sent or may have been
 * @param seen when each entry of this client was first seen, and in which states, by entry key; a missing one is seen now
 * @param readAt when this feed row was read (not when the request began: see {@link FirstSeen})
 */
public record Situation(
        JsonNode client,
        CaseView theCase,
        List<KnownMatch> matches,
        List<SentReferral> sent,
        BeforeLedger before,
        Map<String, FirstSeen> seen,
        Instant readAt) {

    String ngo() {
        return Fields.text(client, "organization_name");
    }

    FirstSeen firstSeen(Entry entry) {
        FirstSeen.State now = FirstSeen.State.of(client, entry);
        FirstSeen known = seen.get(entry.key());
        return known == null ? new FirstSeen(readAt, List.of(now)) : known.and(now);
    }

    @Override
    public String toString() {
        return "Situation[" + matches.size() + " matches, " + sent.size() + " sent]";
    }
}
