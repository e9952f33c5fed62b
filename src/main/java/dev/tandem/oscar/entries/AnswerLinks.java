package dev.tandem.oscar.entries;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which referral on which row each of a client's referrals at OSCaR answers: mapping-facts 4.1, rules 0 to 3, for those that
 * are not known to be the NGO's own.
 */
final class AnswerLinks {
    /** @param sent the effect that was sent for it by this ledger; null for rules 2 and 3 */
    record Link(String rowUniqueId, String referralId, SentReferral sent, boolean isNew) {}

    private final Situation situation;
    private final CaseView theCase;
    private final EntryCodes codes;
    private final String ngo;
    private final String agency;
    private final Map<BigInteger, Link> links = new LinkedHashMap<>();
    private final Map<BigInteger, EntryReason> waits = new HashMap<>();
    private final Map<BigInteger, EntryReason> parks = new HashMap<>();

    AnswerLinks(Situation situation, CaseView theCase, EntryCodes codes) {
        this.situation = situation;
        this.theCase = theCase;
        this.codes = codes;
        this.ngo = Fields.text(situation.client(), "organization_name");
        this.agency = codes.agencyOf(ngo);
    }

    /** Rule 1: the ledger knows the referral, whatever its services are called by now. */
    boolean known(OscarReferral referral) {
        String key = Entry.referralKey(ngo, referral.id());
        for (KnownMatch tie : situation.ties()) {
            if (tie.role() == KnownMatch.Role.ANSWER && tie.entryKey().startsWith(key)) {
                links.put(referral.id(), new Link(tie.rowUniqueId(), tie.primeroReferralId(), sentFor(tie), false));
                return true;
            }
        }
        return false;
    }

    /** Rules 0, 2 and 3 for all the others at once, since they are paired in order. */
    void find(List<OscarReferral> unknown) {
        List<OscarReferral> ascending =
                unknown.stream().sorted(Comparator.comparing(OscarReferral::id)).toList();
        ascending.forEach(this::tieToSent);
        ascending.stream().filter(this::isOpen).forEach(this::tieByReferralId);
        Map<String, List<OscarReferral>> byName = new LinkedHashMap<>();
        ascending.stream().filter(this::isOpen).forEach(referral -> byName.computeIfAbsent(
                        referral.name(), name -> new ArrayList<>())
                .add(referral));
        byName.forEach(this::tieByName);
        ascending.stream().filter(referral -> !links.containsKey(referral.id())).forEach(this::waitForOutcome);
    }

    Link link(OscarReferral referral) {
        return links.get(referral.id());
    }

    EntryReason waits(OscarReferral referral) {
        return waits.get(referral.id());
    }

    EntryReason parks(OscarReferral referral) {
        return parks.get(referral.id());
    }

    private boolean isOpen(OscarReferral referral) {
        return !links.containsKey(referral.id()) && !parks.containsKey(referral.id());
    }

    /** Rule 0. One entry for each referral sent; a possible repeat has one for each attempt, after all others have theirs. */
    private void tieToSent(OscarReferral referral) {
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
        return sent.organization().equals(ngo)
                && referral.isFor(sent.serviceName())
                && sent.sentAt().isBefore(referral.firstSeen());
    }

    private long linked(SentReferral sent) {
        // one referral at OSCaR may have several entries, each remembered: they are one answer
        Set<String> answers = new LinkedHashSet<>();
        for (KnownMatch tie : situation.ties()) {
            if (tie.role() == KnownMatch.Role.ANSWER && isFor(sent, tie.rowUniqueId(), tie.primeroReferralId())) {
                String key = tie.entryKey();
                answers.add(key.substring(0, key.indexOf(':', key.indexOf(':') + 1) + 1));
            }
        }
        return answers.size()
                + links.values().stream()
                        .filter(Link::isNew)
                        .filter(link -> isFor(sent, link.rowUniqueId(), link.referralId()))
                        .count();
    }

    private SentReferral sentFor(KnownMatch tie) {
        return situation.sent().stream()
                .filter(sent -> isFor(sent, tie.rowUniqueId(), tie.primeroReferralId()))
                .findFirst()
                .orElse(null);
    }

    private static boolean isFor(SentReferral sent, String rowUniqueId, String referralId) {
        return sent.rowUniqueId().equals(rowUniqueId) && sent.referralId().equals(referralId);
    }

    /** Rule 2. What was sent before this ledger: only where a newer referral cannot be hit. */
    private void tieByReferralId(OscarReferral referral) {
        List<CaseRow> rows = theCase.rows().stream()
                .filter(row -> row.toOscar()
                        && row.agency().equals(agency)
                        && row.oscarReferralId().equals(referral.id().toString()))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() > 1) {
            parks.put(referral.id(), ambiguous(referral));
        } else if (!theCase.referralsRead()) {
            parks.put(referral.id(), unread(referral));
        } else {
            String uniqueId = rows.get(0).uniqueId();
            List<JsonNode> on = theCase.referralsOn(uniqueId);
            List<JsonNode> beforeUs = on.stream()
                    .filter(one -> situation.birth().before(CaseView.createdAt(one)))
                    .toList();
            if (beforeUs.size() == 1) {
                // One row, one referral, one id: whatever has come to the row since, this one is meant.
                links.put(referral.id(), new Link(uniqueId, Fields.text(beforeUs.get(0), "id"), null, true));
            } else if (!on.isEmpty() && CaseView.inProgress(on.get(0))) {
                parks.put(
                        referral.id(),
                        EntryReason.of(
                                "older-referral",
                                "referral_id",
                                "the row with this referral id has a newer referral that is still in progress",
                                offendingValue(referral) + "|" + Fields.text(on.get(0), "id")));
            } else {
                String id = on.isEmpty() ? null : Fields.text(on.get(0), "id");
                links.put(referral.id(), new Link(uniqueId, id, null, true));
            }
        }
    }

    /** Rule 3. */
    private void tieByName(String name, List<OscarReferral> referrals) {
        List<CaseRow> rows = theCase.rows().stream()
                .filter(row ->
                        sentBeforeThisLedger(row, name) && referrals.stream().anyMatch(r -> fits(row, r)))
                .sorted(Comparator.comparing(row ->
                        CaseView.createdAt(theCase.referralsOn(row.uniqueId()).get(0))))
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() == 1) {
            referrals.stream().filter(r -> fits(rows.get(0), r)).forEach(r -> tieToNewestOn(rows.get(0), r));
        } else if (rows.size() == referrals.size() && eachFits(rows, referrals)) {
            for (int i = 0; i < rows.size(); i++) {
                tieToNewestOn(rows.get(i), referrals.get(i));
            }
        } else {
            referrals.stream()
                    .filter(r -> rows.stream().anyMatch(row -> fits(row, r)))
                    .forEach(r -> parks.put(r.id(), ambiguous(r)));
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
                && situation.birth().before(CaseView.createdAt(on.get(0)))
                && situation.sent().stream().noneMatch(sent -> sent.referralId().equals(Fields.text(on.get(0), "id")));
    }

    private boolean alreadyAnswered(CaseRow row) {
        return situation.ties().stream()
                        .anyMatch(tie -> tie.role() == KnownMatch.Role.ANSWER
                                && tie.rowUniqueId().equalsIgnoreCase(row.uniqueId()))
                || links.values().stream().anyMatch(link -> link.rowUniqueId().equalsIgnoreCase(row.uniqueId()));
    }

    /** Pending, blank, or already what the entry decides. */
    private boolean fits(CaseRow row, OscarReferral referral) {
        String shown = codes.decisionOfRow(row.status());
        return shown.isEmpty() || shown.equals(codes.decisionOf(referral.status()));
    }

    private boolean eachFits(List<CaseRow> rows, List<OscarReferral> referrals) {
        for (int i = 0; i < rows.size(); i++) {
            if (!fits(rows.get(i), referrals.get(i))) {
                return false;
            }
        }
        return true;
    }

    private void tieToNewestOn(CaseRow row, OscarReferral referral) {
        String newest = Fields.text(theCase.referralsOn(row.uniqueId()).get(0), "id");
        links.put(referral.id(), new Link(row.uniqueId(), newest, null, true));
    }

    /** While a referral of that name may still arrive, an entry that matches nothing is not yet the NGO's own. */
    private void waitForOutcome(OscarReferral referral) {
        situation.sent().stream()
                .filter(sent -> sent.open() && mayBe(sent, referral) && linked(sent) < sent.attempts())
                .min(Comparator.comparing(SentReferral::sentAt))
                .ifPresent(sent -> waits.put(
                        referral.id(),
                        new EntryReason(
                                "outcome",
                                "referral_id",
                                "it may be the answer to a referral whose outcome is not known yet",
                                offendingValue(referral),
                                "effect:referral:" + sent.rowUniqueId() + ":" + sent.referralId())));
    }

    private EntryReason ambiguous(OscarReferral referral) {
        return EntryReason.of(
                "ambiguous", "referral_id", "it fits more than one row of the case", offendingValue(referral));
    }

    private EntryReason unread(OscarReferral referral) {
        return EntryReason.of(
                "referrals-unread", "referral_id", "the referrals of the case were not read", offendingValue(referral));
    }

    /** The entry's status and the rows that it might have matched: a person's edit of either is another try. */
    String offendingValue(OscarReferral referral) {
        StringBuilder over = new StringBuilder(referral.status());
        for (CaseRow row : theCase.rows()) {
            if (row.toOscar()) {
                for (String part :
                        List.of(row.uniqueId(), row.agency(), row.subtype(), row.oscarReferralId(), row.status())) {
                    over.append('|').append(part);
                }
            }
        }
        return over.toString();
    }
}
