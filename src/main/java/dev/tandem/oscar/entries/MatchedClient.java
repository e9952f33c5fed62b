package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.json.Fields;
import dev.tandem.oscar.entries.MatchedEntry.As;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A feed row's entries, matched.
 *
 * @param entries in the feed's order
 * @param newMatches to be remembered with the outcome of this pass, before any call that rests on them
 * @param newlySeen entries that the ledger had not seen, by key
 * @param baseline whether the client as a whole is only listed (mapping-facts R22)
 */
public record MatchedClient(
        List<MatchedEntry> entries, List<KnownMatch> newMatches, Map<String, FirstSeen> newlySeen, boolean baseline) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final EntryReason HIDDEN = EntryReason.of(
            "hidden-by-shape",
            "level_of_risk",
            "OSCaR is too large to be read in one answer, and read by windows it does not show this referral's note and risk:"
                    + " it comes as soon as a read of changes shows them",
            "level_of_risk");

    /** The list {@code entries} that the mappings of {@code oscar-to-primero} see. */
    public ArrayNode forMapping() {
        return JSON.valueToTree(entries);
    }

    /** Whether one of its referrals is the NGO's own, made to us, for which there is no row yet. */
    public boolean hasNewReferral() {
        return hasReferral(Set.of(As.ROW_NEW));
    }

    private boolean hasReferral(Set<As> as) {
        return entries.stream()
                .anyMatch(
                        entry -> as.contains(entry.as()) && !Fields.isBlank(Fields.text(entry.entry(), "referral_id")));
    }

    /**
     * As a window of creation shows it: that the NGO has referred the client to us, but not with what. A row that is made now
     * would never get the referral's note, nor the case its risk (protocol 6), so new rows are listed, and not chosen yet.
     */
    public MatchedClient inWindow() {
        if (baseline || !hasReferral(Set.of(As.ROW_NEW, As.ROW))) {
            return this;
        }
        Set<String> hidden = entries.stream()
                .filter(entry -> entry.as() == As.ROW_NEW)
                .map(MatchedEntry::key)
                .collect(Collectors.toSet());
        return new MatchedClient(
                entries.stream()
                        .map(entry -> entry.as() == As.ROW_NEW ? entry.because(As.ROW_NEW, HIDDEN, false) : entry)
                        .toList(),
                newMatches.stream()
                        .filter(match -> !hidden.contains(match.entryKey()))
                        .toList(),
                newlySeen,
                false);
    }

    @Override
    public String toString() {
        return "MatchedClient[" + entries.size() + " entries, " + newMatches.size() + " new matches]";
    }
}
