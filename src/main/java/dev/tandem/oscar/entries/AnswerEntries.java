package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the entries decide that answer a Primero referral: mapping-facts 4.2, R10. */
final class AnswerEntries {
    static final EntryReason SAME_REFERRAL =
            EntryReason.of("same-referral", "referral_id", "another entry of this referral stands for it", "");
    private static final String ACCEPTED = "Accepted";
    private static final String EXITED = "Exited";

    private final Situation situation;
    private final CaseView theCase;
    private final EntryCodes codes;
    private final AnswerLinks links;

    AnswerEntries(Situation situation, CaseView theCase, EntryCodes codes, AnswerLinks links) {
        this.situation = situation;
        this.theCase = theCase;
        this.codes = codes;
        this.links = links;
    }

    /** @param onlyEntry whether the client has no entry besides one that is not the NGO's own */
    void tie(
            List<OscarReferral> answering, boolean onlyEntry, Map<Entry, MatchedEntry> tied, List<KnownMatch> newTies) {
        Map<OscarReferral, AnswerMeaning> meanings = new HashMap<>();
        answering.forEach(answer -> meanings.put(answer, meaning(answer, onlyEntry)));
        Map<OscarReferral, AnswerMeaning> decisions = decisions(answering, meanings);
        for (OscarReferral answer : answering) {
            AnswerLinks.Link link = links.link(answer);
            for (Entry entry : answer.entries()) {
                tied.put(entry, MatchedEntry.without(entry, MatchedEntry.As.NOTHING, SAME_REFERRAL));
            }
            Entry speaker = speaker(answer, link);
            tied.put(speaker, answerOf(speaker, answer, link, decisions.get(answer)));
            if (link.isNew()) {
                newTies.add(new KnownMatch(
                        speaker.key(),
                        KnownMatch.Role.ANSWER,
                        link.rowUniqueId(),
                        link.referralId(),
                        answer.firstSeen()));
            }
        }
    }

    private static Entry speaker(OscarReferral answer, AnswerLinks.Link link) {
        return answer.entries().stream()
                .filter(entry ->
                        link.sent() != null && entry.name().equals(link.sent().serviceName()))
                .findFirst()
                .orElse(answer.entries().get(0));
    }

    /**
     * Of several entries for one referral one decides: any acceptance wins, a rejection only when all are exited. What is to be
     * listed is so unless another entry has decided.
     */
    private Map<OscarReferral, AnswerMeaning> decisions(
            List<OscarReferral> answering, Map<OscarReferral, AnswerMeaning> meanings) {
        Map<String, List<OscarReferral>> byTarget = new LinkedHashMap<>();
        answering.stream().sorted(Comparator.comparing(OscarReferral::id)).forEach(answer -> byTarget.computeIfAbsent(
                        target(answer), key -> new ArrayList<>())
                .add(answer));
        Map<OscarReferral, AnswerMeaning> decisions = new HashMap<>();
        for (List<OscarReferral> forOne : byTarget.values()) {
            Optional<OscarReferral> accepted = forOne.stream()
                    .filter(answer -> ACCEPTED.equals(meanings.get(answer).decided()))
                    .findFirst();
            if (accepted.isPresent()) {
                decisions.put(accepted.get(), meanings.get(accepted.get()));
            } else if (forOne.stream()
                    .allMatch(answer -> EXITED.equals(meanings.get(answer).decided()))) {
                decisions.put(forOne.get(0), meanings.get(forOne.get(0)));
            } else {
                forOne.stream()
                        .filter(answer -> meanings.get(answer).listed() != null)
                        .forEach(answer -> decisions.put(answer, meanings.get(answer)));
            }
        }
        return decisions;
    }

    private String target(OscarReferral answer) {
        AnswerLinks.Link link = links.link(answer);
        return link.rowUniqueId() + "|" + link.referralId();
    }

    private AnswerMeaning meaning(OscarReferral answer, boolean onlyEntry) {
        AnswerLinks.Link link = links.link(answer);
        boolean madeTheClient = onlyEntry && link.sent() != null && !link.sent().withGlobalId();
        Optional<JsonNode> referral = theCase.referral(link.referralId());
        String status = referral.map(there -> Fields.text(there, "status")).orElse("");
        boolean open = referral.map(CaseView::inProgress).orElseGet(() -> theCase.row(link.rowUniqueId())
                .filter(row -> codes.decisionOfRow(row.status()).isEmpty())
                .isPresent());
        return AnswerMeaning.of(
                answer,
                codes,
                madeTheClient,
                open,
                Set.of("rejected", "revoked").contains(status));
    }

    private MatchedEntry answerOf(Entry entry, OscarReferral answer, AnswerLinks.Link link, AnswerMeaning meaning) {
        String decided = meaning == null || meaning.decided().isEmpty() ? null : meaning.decided();
        JsonNode row = theCase.row(link.rowUniqueId()).map(CaseRow::json).orElse(null);
        JsonNode referral = theCase.referral(link.referralId()).orElse(null);
        MatchedEntry plain = new MatchedEntry(
                entry.json(),
                entry.key(),
                MatchedEntry.As.ANSWER,
                link.rowUniqueId(),
                row,
                referral,
                touched(answer, link),
                decided,
                decided == null ? null : meaning.journaled(),
                false,
                false);
        if (situation.whyNoCase() != null) {
            return because(
                    plain,
                    decided == null ? MatchedEntry.As.NOTHING : MatchedEntry.As.PARKS,
                    situation.whyNoCase(),
                    false);
        }
        String own = codes.decisionOf(answer.status());
        if (meaning != null && answer.decidedBefore(situation, codes)) {
            return because(plain, MatchedEntry.As.NOTHING, OwnRows.BEFORE_US, !showsAlready(own, row, referral));
        }
        if (meaning != null && meaning.listed() != null) {
            return because(plain, MatchedEntry.As.PARKS, meaning.listed(), false);
        }
        boolean done = decided == null || decided.equals(shown(row, referral));
        if (row == null) {
            return because(plain, done ? MatchedEntry.As.NOTHING : MatchedEntry.As.PARKS, rowGone(decided), false);
        }
        if (theCase.disabled()) {
            return because(plain, done ? MatchedEntry.As.NOTHING : MatchedEntry.As.PARKS, disabled(decided), false);
        }
        return plain;
    }

    /** Whether both the referral and its row say the same; an exit after an acceptance takes nothing back (4.2). */
    private boolean showsAlready(String decided, JsonNode row, JsonNode referral) {
        String ofRow = row == null ? decided : codes.decisionOfRow(new CaseRow(row).status());
        String status = Fields.text(referral, "status");
        String ofReferral = status.equals("done") ? ACCEPTED : codes.decisionOfReferral(status);
        boolean exitedLater = EXITED.equals(decided) && (ACCEPTED.equals(ofReferral) || ACCEPTED.equals(ofRow));
        return exitedLater || (decided.equals(ofRow) && (referral == null || decided.equals(ofReferral)));
    }

    private String shown(JsonNode row, JsonNode referral) {
        if (referral != null) {
            return codes.decisionOfReferral(Fields.text(referral, "status"));
        }
        return row == null ? "" : codes.decisionOfRow(new CaseRow(row).status());
    }

    /** The referral itself, and those on its row that one upsert stood for: made before the entry was first seen, not sent. */
    private List<JsonNode> touched(OscarReferral answer, AnswerLinks.Link link) {
        List<JsonNode> touched = new ArrayList<>();
        for (JsonNode referral : theCase.referralsOn(link.rowUniqueId())) {
            String id = Fields.text(referral, "id");
            boolean itself = id.equals(link.referralId());
            boolean stoodFor = CaseView.createdAt(referral).isBefore(answer.firstSeen())
                    && situation.sent().stream()
                            .noneMatch(sent -> sent.referralId().equals(id));
            if (CaseView.inProgress(referral) && (itself || stoodFor)) {
                touched.add(referral);
            }
        }
        return touched;
    }

    private static MatchedEntry because(MatchedEntry plain, MatchedEntry.As as, EntryReason reason, boolean baseline) {
        return new MatchedEntry(
                plain.entry(),
                plain.key(),
                as,
                plain.uniqueId(),
                plain.row(),
                plain.referral(),
                List.of(),
                plain.decided(),
                reason,
                false,
                baseline);
    }

    private static EntryReason rowGone(String decided) {
        return EntryReason.of("row-gone", "services_section", "the row that was referred is no longer there", decided);
    }

    private static EntryReason disabled(String decided) {
        return EntryReason.of("case-disabled", "record_state", "the case is disabled", "disabled|" + decided);
    }
}
