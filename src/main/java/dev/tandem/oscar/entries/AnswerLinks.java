package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Which referral on which row each of a client's referrals at OSCaR answers: mapping-facts 4.1, rules 0 to 3, for those that
 * are not known to be the NGO's own.
 */
final class AnswerLinks {
    private static final String TO_OSCAR = "primero-to-oscar";

    /** @param sent the effect that was sent for it by this ledger; null for rules 2 and 3 */
    record Link(String rowUniqueId, String referralId, SentReferral sent, boolean isNew) {}

    private final Situation situation;
    private final CaseView theCase;
    private final EntryCodes codes;
    private final String agency;
    private final Map<Long, Link> links = new LinkedHashMap<>();
    private final Map<Long, EntryReason> heldBack = new HashMap<>();

    AnswerLinks(Situation situation, EntryCodes codes) {
        this.situation = situation;
        this.theCase = situation.theCase();
        this.codes = codes;
        this.agency = codes.agencyOf(situation.ngo());
    }

    /** Rule 1: the ledger knows the referral, whatever its services are called by now. */
    boolean known(OscarReferral referral) {
        String key = situation.ngo() + ":" + referral.id() + ":";
        answers().filter(match -> match.entryKey().startsWith(key)).findFirst().ifPresent(match -> {
            SentReferral sent = situation.sent().stream()
                    .filter(one -> one.isFor(match.rowUniqueId(), match.primeroReferralId()))
                    .findFirst()
                    .orElse(null);
            links.put(referral.id(), new Link(match.rowUniqueId(), match.primeroReferralId(), sent, false));
        });
        return links.containsKey(referral.id());
    }

    /** Rules 0, 2 and 3 for all the others at once, since they are paired in order. */
    void find(List<OscarReferral> unknown) {
        List<OscarReferral> ascending =
                unknown.stream().sorted(Comparator.comparing(OscarReferral::id)).toList();
        ascending.forEach(this::linkToSent);
        ascending.stream().filter(this::isOpen).forEach(this::linkByReferralId);
        ascending.stream()
                .filter(this::isOpen)
                .collect(Collectors.groupingBy(OscarReferral::name, LinkedHashMap::new, Collectors.toList()))
                .forEach(this::linkByName);
        ascending.stream().filter(referral -> !links.containsKey(referral.id())).forEach(this::waitForOutcome);
    }

    /** Null if it answers none that is known. */
    Link link(OscarReferral referral) {
        return links.get(referral.id());
    }

    /** Why it waits or parks, if no link was found; else null. */
    EntryReason heldBack(OscarReferral referral) {
        return heldBack.get(referral.id());
    }

    private boolean isOpen(OscarReferral referral) {
        return !links.containsKey(referral.id()) && !heldBack.containsKey(referral.id());
    }

    private Stream<KnownMatch> answers() {
        return situation.matches().stream().filter(match -> match.role() == KnownMatch.Role.ANSWER);
    }

    /** Rule 0. One entry for each referral sent; a possible repeat has one for each attempt, after all others have theirs. */
    private void linkToSent(OscarReferral referral) {
        situation.sent().stream()
                .filter(sent -> mayBe(sent, referral) && linked(sent) < sent.mayHaveArrived())
                .min(Comparator.comparing((SentReferral sent) -> sent.mayHaveArrived() > 1)
                        .thenComparing(SentReferral::sentAt)
                        .thenComparing(SentReferral::rowUniqueId)
                        .thenComparing(SentReferral::referralId))
                .ifPresent(
                        sent -> links.put(referral.id(), new Link(sent.rowUniqueId(), sent.referralId(), sent, true)));
    }

    private boolean mayBe(SentReferral sent, OscarReferral referral) {
        return sent.organization().equals(situation.ngo())
                && referral.isFor(sent.serviceName())
                && sent.sentAt().isBefore(referral.firstSeen());
    }

    private long linked(SentReferral sent) {
        // one referral at OSCaR may have several entries, each remembered: they are one answer
        long known = answers()
                .filter(match -> sent.isFor(match.rowUniqueId(), match.primeroReferralId()))
                .map(match -> Stream.of(match.entryKey().split(":", 3)).limit(2).toList())
                .distinct()
                .count();
        return known
                + links.values().stream()
                        .filter(link -> link.isNew() && sent.isFor(link.rowUniqueId(), link.referralId()))
                        .count();
    }

    /** Rule 2. What was sent before this ledger: only where a newer referral cannot be hit. */
    private void linkByReferralId(OscarReferral referral) {
        List<CaseRow> rows = theCase.rows().stream()
                .filter(row -> row.toOscar() && row.agency().equals(agency) && referral.isOn(row))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() > 1) {
            parkAmbiguous(referral);
            return;
        }
        if (!theCase.referralsRead()) {
            park(referral, "referrals-unread", "the referrals of the case were not read", offendingValue(referral));
            return;
        }
        String uniqueId = rows.get(0).uniqueId();
        List<JsonNode> on = theCase.referralsOn(uniqueId);
        List<JsonNode> beforeUs = on.stream()
                .filter(one -> situation.before().before(CaseView.createdAt(one)))
                .toList();
        // One row, one referral from before us, one id: whatever has come to the row since, that one is meant.
        List<JsonNode> meant = beforeUs.size() == 1 ? beforeUs : on;
        String id = meant.isEmpty() ? null : Fields.text(meant.get(0), "id");
        if (beforeUs.size() != 1 && !on.isEmpty() && CaseView.inProgress(on.get(0))) {
            park(
                    referral,
                    "older-referral",
                    "the row with this referral id has a newer referral that is still in progress",
                    offendingValue(referral) + "|" + id);
        } else {
            links.put(referral.id(), new Link(uniqueId, id, null, true));
        }
    }

    /** Rule 3. */
    private void linkByName(String name, List<OscarReferral> referrals) {
        List<CaseRow> rows = theCase.rows().stream()
                .filter(row ->
                        sentBeforeThisLedger(row, name) && referrals.stream().anyMatch(r -> fits(row, r)))
                .sorted(Comparator.comparing(row ->
                        CaseView.createdAt(theCase.referralsOn(row.uniqueId()).get(0))))
                .toList();
        if (rows.size() == 1) {
            referrals.stream().filter(r -> fits(rows.get(0), r)).forEach(r -> linkToNewestOn(rows.get(0), r));
        } else if (rows.size() == referrals.size()
                && IntStream.range(0, rows.size()).allMatch(i -> fits(rows.get(i), referrals.get(i)))) {
            IntStream.range(0, rows.size()).forEach(i -> linkToNewestOn(rows.get(i), referrals.get(i)));
        } else {
            referrals.stream()
                    .filter(r -> rows.stream().anyMatch(row -> fits(row, r)))
                    .forEach(this::parkAmbiguous);
        }
    }

    private boolean sentBeforeThisLedger(CaseRow row, String name) {
        if (!row.toOscar()
                || !row.agency().equals(agency)
                || !Fields.isBlank(row.oscarReferralId())
                || Fields.isBlank(row.uniqueId())
                || !codes.serviceNameOf(row.subtype()).equals(name)
                || alreadyAnswered(row)) {
            return false;
        }
        List<JsonNode> on = theCase.referralsOn(row.uniqueId());
        return !on.isEmpty()
                && situation.before().before(CaseView.createdAt(on.get(0)))
                && situation.sent().stream().noneMatch(sent -> sent.referralId().equals(Fields.text(on.get(0), "id")));
    }

    private boolean alreadyAnswered(CaseRow row) {
        return Stream.concat(
                        answers().map(KnownMatch::rowUniqueId),
                        links.values().stream().map(Link::rowUniqueId))
                .anyMatch(row.uniqueId()::equalsIgnoreCase);
    }

    /** Pending, blank, or already what the entry decides. */
    private boolean fits(CaseRow row, OscarReferral referral) {
        String shown = codes.decisionOfRow(row.status());
        return shown.isEmpty() || shown.equals(codes.decisionOf(referral.status()));
    }

    private void linkToNewestOn(CaseRow row, OscarReferral referral) {
        String newest = Fields.text(theCase.referralsOn(row.uniqueId()).get(0), "id");
        links.put(referral.id(), new Link(row.uniqueId(), newest, null, true));
    }

    /** While a referral of that name may still arrive, an entry that matches nothing is not yet the NGO's own. */
    private void waitForOutcome(OscarReferral referral) {
        situation.sent().stream()
                .filter(sent -> sent.open() && mayBe(sent, referral) && linked(sent) < sent.attempts())
                .min(Comparator.comparing(SentReferral::sentAt))
                .ifPresent(sent -> heldBack.put(
                        referral.id(),
                        new EntryReason(
                                "outcome",
                                "referral_id",
                                "it may be the answer to a referral whose outcome is not known yet",
                                offendingValue(referral),
                                String.join(
                                        ":",
                                        "effect",
                                        TO_OSCAR,
                                        Fields.text(theCase.json(), "id"),
                                        "referral",
                                        sent.rowUniqueId(),
                                        sent.referralId()))));
    }

    private void parkAmbiguous(OscarReferral referral) {
        park(referral, "ambiguous", "it fits more than one row of the case", offendingValue(referral));
    }

    private void park(OscarReferral referral, String code, String words, String offendingValue) {
        heldBack.put(referral.id(), EntryReason.of(code, "referral_id", words, offendingValue));
    }

    /** The entry's status and the rows that it might have matched: a person's edit of either is another try. */
    String offendingValue(OscarReferral referral) {
        return Stream.concat(
                        Stream.of(referral.status()),
                        theCase.rows().stream()
                                .filter(CaseRow::toOscar)
                                .flatMap(row -> Stream.of(
                                        row.uniqueId(),
                                        row.agency(),
                                        row.subtype(),
                                        row.oscarReferralId(),
                                        row.status())))
                .collect(Collectors.joining("|"));
    }
}
