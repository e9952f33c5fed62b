package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.oscar.entries.MatchedEntry.As;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

    AnswerEntries(Situation situation, EntryCodes codes, AnswerLinks links) {
        this.situation = situation;
        this.theCase = situation.theCase();
        this.codes = codes;
        this.links = links;
    }

    /** @param onlyEntry whether the client has no entry besides one that is not the NGO's own */
    void match(
            List<OscarReferral> answering,
            boolean onlyEntry,
            Map<Entry, MatchedEntry> matched,
            List<KnownMatch> newMatches) {
        Map<OscarReferral, AnswerMeaning> decisions = decisions(answering, onlyEntry);
        for (OscarReferral answer : answering) {
            AnswerLinks.Link link = links.link(answer);
            for (Entry entry : answer.entries()) {
                matched.put(entry, MatchedEntry.without(entry, As.NOTHING, SAME_REFERRAL));
            }
            Entry speaker = speaker(answer, link);
            matched.put(speaker, answerOf(speaker, answer, link, decisions.get(answer)));
            if (link.isNew()) {
                newMatches.add(
                        new KnownMatch(speaker.key(), KnownMatch.Role.ANSWER, link.rowUniqueId(), link.referralId()));
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
    private Map<OscarReferral, AnswerMeaning> decisions(List<OscarReferral> answering, boolean onlyEntry) {
        Map<OscarReferral, AnswerMeaning> meanings =
                answering.stream().collect(Collectors.toMap(answer -> answer, answer -> meaning(answer, onlyEntry)));
        Map<OscarReferral, AnswerMeaning> decisions = new HashMap<>();
        answering.stream()
                .sorted(Comparator.comparing(OscarReferral::id))
                .collect(Collectors.groupingBy(this::target, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(forOne ->
                        deciding(forOne, meanings).forEach(answer -> decisions.put(answer, meanings.get(answer))));
        return decisions;
    }

    private static List<OscarReferral> deciding(
            List<OscarReferral> forOne, Map<OscarReferral, AnswerMeaning> meanings) {
        List<OscarReferral> accepted =
                those(forOne, answer -> meanings.get(answer).decided().equals(ACCEPTED));
        if (!accepted.isEmpty()) {
            return accepted.subList(0, 1);
        }
        boolean allExited = forOne.stream()
                .allMatch(answer -> meanings.get(answer).decided().equals(EXITED));
        return allExited
                ? forOne.subList(0, 1)
                : those(forOne, answer -> meanings.get(answer).isListed());
    }

    private static List<OscarReferral> those(List<OscarReferral> answers, Predicate<OscarReferral> wanted) {
        return answers.stream().filter(wanted).toList();
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
        CaseRow row = theCase.row(link.rowUniqueId()).orElse(null);
        JsonNode referral = theCase.referral(link.referralId()).orElse(null);
        MatchedEntry plain = new MatchedEntry(
                entry.json(),
                entry.key(),
                As.ANSWER,
                link.rowUniqueId(),
                row == null ? null : row.json(),
                referral,
                touched(answer, link),
                decided,
                decided == null ? null : meaning.reason(),
                false,
                false);
        if (meaning != null && answer.decidedBefore(situation, codes)) {
            boolean listed = !showsAlready(codes.decisionOf(answer.status()), row, referral);
            return plain.because(As.NOTHING, MatchedEntry.BEFORE_US, listed);
        }
        if (meaning != null && meaning.isListed()) {
            return plain.because(As.PARKS, meaning.reason(), false);
        }
        if (row != null && !theCase.disabled()) {
            return plain;
        }
        EntryReason why = row == null
                ? EntryReason.of(
                        "row-gone", "services_section", "the row that was referred is no longer there", decided)
                : EntryReason.of("case-disabled", "record_state", "the case is disabled", "disabled|" + decided);
        boolean done = decided == null || decided.equals(shown(row, referral));
        return plain.because(done ? As.NOTHING : As.PARKS, why, false);
    }

    /** Whether both the referral and its row say the same; an exit after an acceptance takes nothing back (4.2). */
    private boolean showsAlready(String decided, CaseRow row, JsonNode referral) {
        String ofRow = row == null ? decided : codes.decisionOfRow(row.status());
        String status = Fields.text(referral, "status");
        String ofReferral = status.equals("done") ? ACCEPTED : codes.decisionOfReferral(status);
        boolean exitedLater = EXITED.equals(decided) && (ACCEPTED.equals(ofReferral) || ACCEPTED.equals(ofRow));
        return exitedLater || (decided.equals(ofRow) && (referral == null || decided.equals(ofReferral)));
    }

    private String shown(CaseRow row, JsonNode referral) {
        if (referral != null) {
            return codes.decisionOfReferral(Fields.text(referral, "status"));
        }
        return row == null ? "" : codes.decisionOfRow(row.status());
    }

    /** The referral itself, and those on its row that one upsert stood for: made before the entry was first seen, not sent. */
    private List<JsonNode> touched(OscarReferral answer, AnswerLinks.Link link) {
        return theCase.referralsOn(link.rowUniqueId()).stream()
                .filter(CaseView::inProgress)
                .filter(referral -> {
                    String id = Fields.text(referral, "id");
                    return id.equals(link.referralId())
                            || (CaseView.createdAt(referral).isBefore(answer.firstSeen())
                                    && situation.sent().stream()
                                            .noneMatch(sent -> sent.referralId().equals(id)));
                })
                .toList();
    }
}
