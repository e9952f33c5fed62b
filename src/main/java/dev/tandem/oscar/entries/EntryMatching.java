package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.oscar.entries.MatchedEntry.As;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says of each entry of a feed row whether it is the NGO's own, and of which row, or the answer to a Primero referral, and of
 * which one (mapping-facts 3.4, 3.5, 4.1, 4.2, R10, R20, R22). The feed itself does not tell. Pure: the same situation gives
 * the same answer.
 */
public final class EntryMatching {
    private static final EntryReason UNDECIDED =
            EntryReason.of("undecided", "referral_status", "it is Primero's and not decided", "");

    private final Situation situation;
    private final EntryCodes codes;
    private final AnswerLinks answers;
    private final RowIds rowIds;
    private final boolean cameThroughPrimero;
    private final Map<Entry, MatchedEntry> matched = new HashMap<>();
    private final List<KnownMatch> newMatches = new ArrayList<>();

    private EntryMatching(Situation situation, EntryCodes codes) {
        this.situation = situation;
        this.codes = codes;
        this.answers = new AnswerLinks(situation, codes);
        this.rowIds = new RowIds(situation, codes);
        this.cameThroughPrimero = "primero".equals(Fields.text(situation.client(), "resource"));
    }

    public static MatchedClient match(Situation situation, EntryCodes codes) {
        return new EntryMatching(situation, codes).match();
    }

    /** Whether the case's referrals must be read before this client's entries can be matched: a call is a cost. */
    public static boolean needsReferrals(JsonNode client, JsonNode theCase) {
        return theCase != null
                && !theCase.path("services_section").isEmpty()
                && Entry.of(client).stream().anyMatch(Entry::mayAnswer);
    }

    private MatchedClient match() {
        List<Entry> entries = Entry.of(situation.client());
        List<Entry> readable = setAsideUnreadable(entries);
        List<Entry> own = new ArrayList<>();
        Map<Long, List<Entry>> byReferral = new LinkedHashMap<>();
        for (Entry entry : readable) {
            if (entry.mayAnswer()) {
                byReferral
                        .computeIfAbsent(entry.referralId(), id -> new ArrayList<>())
                        .add(entry);
            } else if (entry.enrolled() || !cameThroughPrimero) {
                own.add(entry);
            } else if (codes.decisionOf(entry.status()).isEmpty()) {
                matched.put(entry, MatchedEntry.without(entry, As.NOTHING, UNDECIDED));
            } else {
                park(entry, "no-referral-id", "referral_id", "a decision without a referral id", entry.status());
            }
        }
        own.addAll(matchReferrals(byReferral));
        boolean baseline = isBaseline(readable);
        new OwnRows(situation, rowIds, baseline).match(own, matched, newMatches);
        Map<String, FirstSeen> newlySeen = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> !situation.seen().containsKey(entry.key()))
                .forEach(entry -> newlySeen.put(entry.key(), situation.firstSeen(entry)));
        return new MatchedClient(
                entries.stream().map(matched::get).toList(), List.copyOf(newMatches), newlySeen, baseline);
    }

    /**
     * Whether the client as a whole is older than we are and unknown to Primero: it gets no case by itself (R22). A referral
     * that the NGO made since then is new business, and brings the case with it; so does a person who asked for it.
     */
    private boolean isBaseline(List<Entry> entries) {
        BeforeLedger before = situation.before();
        return before.clientExistedBefore()
                && !situation.theCase().exists()
                && !before.ours().contains("case")
                && entries.stream()
                        .filter(Entry::mayAnswer)
                        .allMatch(entry ->
                                before.presentAtFirst(situation.firstSeen(entry).at()));
    }

    private List<Entry> setAsideUnreadable(List<Entry> entries) {
        List<Entry> readable = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.oddReferralId()) {
                park(entry, "referral-id", "referral_id", "the referral id is no number", entry.key());
            } else if (!keys.add(entry.key())) {
                park(
                        entry,
                        "key-taken",
                        "program_name",
                        "the programme is named like a referral's id and has the same service",
                        entry.key());
            } else {
                readable.add(entry);
            }
        }
        return readable;
    }

    /** Matches what answers a Primero referral, and returns the entries of the NGO's own referrals. */
    private List<Entry> matchReferrals(Map<Long, List<Entry>> byReferral) {
        List<Entry> own = new ArrayList<>();
        List<OscarReferral> answering = new ArrayList<>();
        List<OscarReferral> unknown = new ArrayList<>();
        byReferral.forEach((id, entries) -> {
            OscarReferral referral = OscarReferral.of(id, entries, situation);
            if (answers.known(referral)) {
                answering.add(referral);
            } else if (madeRow(referral)) {
                own.addAll(entries);
            } else {
                unknown.add(referral);
            }
        });
        answers.find(unknown);
        for (OscarReferral referral : unknown) {
            EntryReason heldBack = answers.heldBack(referral);
            boolean decides = !codes.decisionOf(referral.status()).isEmpty();
            if (answers.link(referral) != null) {
                answering.add(referral);
            } else if (heldBack != null && heldBack.waitsFor() != null) {
                setAll(referral, As.WAITS, heldBack);
            } else if (referral.decidedBefore(situation, codes)) {
                referral.entries().forEach(entry -> matched.put(entry, MatchedEntry.baseline(entry)));
            } else if (heldBack == null && !cameThroughPrimero) {
                own.addAll(referral.entries());
            } else if (!decides && cameThroughPrimero) {
                setAll(referral, As.NOTHING, UNDECIDED);
            } else {
                parkOnce(referral, heldBack == null ? noMatch(referral) : heldBack);
            }
        }
        long ownReferrals = own.stream().map(Entry::referralId).distinct().count();
        boolean onlyAnswer = byReferral.size() - ownReferrals == 1;
        new AnswerEntries(situation, codes, answers).match(answering, onlyAnswer, matched, newMatches);
        return own;
    }

    /** A from-OSCaR row that one of the referral's entries made: by the ledger, or the same referral id and agency. */
    private boolean madeRow(OscarReferral referral) {
        String agency = codes.agencyOf(situation.ngo());
        return referral.entries().stream().anyMatch(rowIds::isKnown)
                || situation.theCase().rows().stream()
                        .anyMatch(row -> row.fromOscar()
                                && referral.isOn(row)
                                && row.referringAgency().equals(agency));
    }

    private EntryReason noMatch(OscarReferral referral) {
        return EntryReason.of(
                "no-match",
                "referral_id",
                "the NGO decided a referral that fits no row of the case",
                answers.offendingValue(referral));
    }

    /** What parks is the effect {@code decision:<ngo>:<referral_id>}: one, however many services the referral has. */
    private void parkOnce(OscarReferral referral, EntryReason reason) {
        setAll(referral, As.NOTHING, AnswerEntries.SAME_REFERRAL);
        Entry first = referral.entries().get(0);
        matched.put(first, MatchedEntry.without(first, As.PARKS, reason));
    }

    private void setAll(OscarReferral referral, As as, EntryReason reason) {
        referral.entries().forEach(entry -> matched.put(entry, MatchedEntry.without(entry, as, reason)));
    }

    private void park(Entry entry, String code, String field, String words, String offendingValue) {
        matched.put(entry, MatchedEntry.without(entry, As.PARKS, EntryReason.of(code, field, words, offendingValue)));
    }
}
