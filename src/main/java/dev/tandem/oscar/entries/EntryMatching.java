package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says of each entry of a feed row whether it is the NGO's own, and of which row, or the answer to a Primero referral, and of
 * which one (mapping-facts 3.4, 3.5, 4.1, 4.2, R10, R20, R22). The feed itself does not tell. Pure: the same situation gives the same answer.
 */
public final class EntryMatching {
    private static final EntryReason UNDECIDED =
            EntryReason.of("undecided", "referral_status", "it is Primero's and not decided", "");

    private final Situation situation;
    private final EntryCodes codes;
    private final CaseView theCase;
    private final AnswerLinks answers;
    private final RowIds rowIds;
    private final boolean cameThroughPrimero;
    private final Map<Entry, MatchedEntry> tied = new HashMap<>();
    private final List<KnownMatch> newTies = new ArrayList<>();

    private EntryMatching(Situation situation, EntryCodes codes) {
        this.situation = situation;
        this.codes = codes;
        this.theCase = CaseView.of(situation);
        this.answers = new AnswerLinks(situation, theCase, codes);
        this.rowIds = new RowIds(situation, theCase, codes);
        this.cameThroughPrimero = "primero".equals(Fields.text(situation.client(), "resource"));
    }

    public static MatchedClient tie(Situation situation, EntryCodes codes) {
        return new EntryMatching(situation, codes).tie();
    }

    /** Whether the case's referrals must be read before this client's entries can be tied: a call is a cost. */
    public static boolean needsReferrals(JsonNode client, JsonNode theCase) {
        return theCase != null
                && !theCase.path("services_section").isEmpty()
                && Entry.of(client).stream().anyMatch(entry -> entry.referralId() != null && !entry.enrolled());
    }

    private MatchedClient tie() {
        List<Entry> entries = Entry.of(situation.client());
        List<Entry> readable = setAsideUnreadable(entries);
        List<Entry> own = new ArrayList<>();
        Map<BigInteger, List<Entry>> byReferral = new LinkedHashMap<>();
        for (Entry entry : readable) {
            if (entry.enrolled()) {
                own.add(entry);
            } else if (entry.referralId() != null) {
                byReferral
                        .computeIfAbsent(entry.referralId(), id -> new ArrayList<>())
                        .add(entry);
            } else if (cameThroughPrimero) {
                tied.put(entry, unmatched(entry));
            } else {
                own.add(entry);
            }
        }
        own.addAll(tieReferrals(byReferral));
        boolean baseline = isBaseline(readable);
        new OwnRows(situation, theCase, rowIds, baseline).tie(own, tied, newTies);
        Map<String, FirstSeen> newlySeen = new LinkedHashMap<>();
        entries.stream()
                .filter(entry -> !situation.seen().containsKey(entry.key()))
                .forEach(entry -> newlySeen.put(entry.key(), situation.firstSeen(entry)));
        return new MatchedClient(entries.stream().map(tied::get).toList(), List.copyOf(newTies), newlySeen, baseline);
    }

    /**
     * Whether the client as a whole is older than we are and unknown to Primero: it gets no case by itself (R22). A referral
     * that the NGO made since then is new business, and brings the case with it; so does a person who asked for it.
     */
    private boolean isBaseline(List<Entry> entries) {
        BeforeLedger birth = situation.birth();
        return birth.clientExistedBefore()
                && situation.theCase() == null
                && !birth.ours().contains("case")
                && entries.stream()
                        .filter(entry -> entry.referralId() != null && !entry.enrolled())
                        .allMatch(entry ->
                                birth.presentAtFirst(situation.firstSeen(entry).at()));
    }

    private List<Entry> setAsideUnreadable(List<Entry> entries) {
        List<Entry> readable = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        for (Entry entry : entries) {
            if (entry.oddReferralId()) {
                tied.put(
                        entry, parks(entry, "referral-id", "referral_id", "the referral id is no number", entry.key()));
            } else if (!keys.add(entry.key())) {
                tied.put(
                        entry,
                        parks(
                                entry,
                                "key-taken",
                                "program_name",
                                "the programme is named like a referral's id and has the same service",
                                entry.key()));
            } else {
                readable.add(entry);
            }
        }
        return readable;
    }

    /** Ties what answers a Primero referral, and returns the entries of the NGO's own referrals. */
    private List<Entry> tieReferrals(Map<BigInteger, List<Entry>> byReferral) {
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
            if (answers.link(referral) != null) {
                answering.add(referral);
            } else if (situation.whyNoCase() != null) {
                referral.entries().forEach(entry -> tied.put(entry, withoutCase(entry)));
            } else if (answers.waits(referral) != null) {
                setAll(referral, MatchedEntry.As.WAITS, answers.waits(referral));
            } else if (referral.decidedBefore(situation, codes)) {
                referral.entries().forEach(entry -> tied.put(entry, MatchedEntry.baseline(entry, OwnRows.BEFORE_US)));
            } else if (answers.parks(referral) != null && (decides(referral) || !cameThroughPrimero)) {
                parkOnce(referral, answers.parks(referral));
            } else if (answers.parks(referral) != null || cameThroughPrimero) {
                unmatched(referral);
            } else {
                own.addAll(referral.entries());
            }
        }
        long ownReferrals = own.stream().map(Entry::referralId).distinct().count();
        boolean onlyAnswer = byReferral.size() - ownReferrals == 1;
        new AnswerEntries(situation, theCase, codes, answers).tie(answering, onlyAnswer, tied, newTies);
        return own;
    }

    /** A from-OSCaR row that one of the referral's entries made: by the ledger, or the same referral id and agency. */
    private boolean madeRow(OscarReferral referral) {
        String agency = codes.agencyOf(Fields.text(situation.client(), "organization_name"));
        return referral.entries().stream().anyMatch(rowIds::isTied)
                || theCase.rows().stream()
                        .anyMatch(row -> row.fromOscar()
                                && row.oscarReferralId().equals(referral.id().toString())
                                && row.referringAgency().equals(agency));
    }

    private boolean decides(OscarReferral referral) {
        return !codes.decisionOf(referral.status()).isEmpty();
    }

    private void unmatched(OscarReferral referral) {
        if (decides(referral)) {
            parkOnce(
                    referral,
                    EntryReason.of(
                            "no-match",
                            "referral_id",
                            "the NGO decided a referral that fits no row of the case",
                            answers.offendingValue(referral)));
        } else {
            setAll(referral, MatchedEntry.As.NOTHING, UNDECIDED);
        }
    }

    private MatchedEntry unmatched(Entry entry) {
        if (situation.whyNoCase() != null) {
            return withoutCase(entry);
        }
        if (codes.decisionOf(entry.status()).isEmpty()) {
            return MatchedEntry.without(entry, MatchedEntry.As.NOTHING, UNDECIDED);
        }
        return parks(entry, "no-referral-id", "referral_id", "a decision without a referral id", entry.status());
    }

    /** What parks is the effect {@code decision:<ngo>:<referral_id>}: one, however many services the referral has. */
    private void parkOnce(OscarReferral referral, EntryReason reason) {
        setAll(referral, MatchedEntry.As.NOTHING, AnswerEntries.SAME_REFERRAL);
        Entry first = referral.entries().get(0);
        tied.put(first, MatchedEntry.without(first, MatchedEntry.As.PARKS, reason));
    }

    private void setAll(OscarReferral referral, MatchedEntry.As as, EntryReason reason) {
        referral.entries().forEach(entry -> tied.put(entry, MatchedEntry.without(entry, as, reason)));
    }

    /** The case itself is parked; a decision is listed beside it, a row comes along once there is a case. */
    private MatchedEntry withoutCase(Entry entry) {
        boolean decides = !codes.decisionOf(entry.status()).isEmpty();
        return MatchedEntry.without(
                entry, decides ? MatchedEntry.As.PARKS : MatchedEntry.As.NOTHING, situation.whyNoCase());
    }

    private static MatchedEntry parks(Entry entry, String code, String field, String words, String offendingValue) {
        return MatchedEntry.without(entry, MatchedEntry.As.PARKS, EntryReason.of(code, field, words, offendingValue));
    }
}
