package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A feed row's entries, tied.
 *
 * @param entries in the feed's order
 * @param newTies to be remembered with the outcome of this pass, before any call that rests on them
 * @param newlySeen entries that the ledger had not seen, by key
 * @param baseline whether the client as a whole is only listed (mapping-facts R22)
 */
public record MatchedClient(
        List<MatchedEntry> entries, List<KnownMatch> newTies, Map<String, FirstSeen> newlySeen, boolean baseline) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The list {@code entries} that the mappings of {@code oscar-to-primero} see. */
    public ArrayNode forMapping() {
        ArrayNode all = JSON.arrayNode();
        entries.forEach(entry -> all.add(forMapping(entry)));
        return all;
    }

    /** Whether one of its referrals is the NGO's own, made to us. */
    public boolean showsReferralToUs() {
        return entries.stream()
                .anyMatch(entry -> (entry.as() == MatchedEntry.As.ROW_NEW || entry.as() == MatchedEntry.As.ROW)
                        && !Fields.isBlank(Fields.text(entry.entry(), "referral_id")));
    }

    /** The same, without ties of rows that are still to be made: whether they are is not known yet. */
    public MatchedClient withoutNewRows() {
        Set<String> made = entries.stream()
                .filter(entry -> entry.as() == MatchedEntry.As.ROW_NEW)
                .map(MatchedEntry::key)
                .collect(Collectors.toSet());
        return new MatchedClient(
                entries,
                newTies.stream().filter(tie -> !made.contains(tie.entryKey())).toList(),
                newlySeen,
                baseline);
    }

    private static ObjectNode forMapping(MatchedEntry tied) {
        ObjectNode node = JSON.objectNode();
        node.set("entry", tied.entry());
        node.put("key", tied.key());
        node.put("as", tied.as().inMapping());
        if (tied.uniqueId() != null) {
            node.put("unique_id", tied.uniqueId());
        }
        if (tied.row() != null) {
            node.set("row", tied.row());
        }
        if (tied.referral() != null) {
            node.set("referral", tied.referral());
        }
        if (!tied.referrals().isEmpty()) {
            node.putArray("referrals").addAll(tied.referrals());
        }
        if (tied.decided() != null) {
            node.put("decided", tied.decided());
        }
        EntryReason reason = tied.reason();
        if (reason != null) {
            switch (tied.as()) {
                case PARKS ->
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
        node.put("newest", tied.newest());
        if (tied.baseline()) {
            node.put("baseline", true);
        }
        return node;
    }

    @Override
    public String toString() {
        return "MatchedClient[" + entries.size() + " entries, " + newTies.size() + " new ties]";
    }
}
