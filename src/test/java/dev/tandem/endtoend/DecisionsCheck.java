package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.TO_OSCAR;
import static dev.tandem.endtoend.EndState.TO_PRIMERO;
import static dev.tandem.endtoend.EndState.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the NGOs decided of Primero's referrals stands at the very referral and row, or is listed (mapping-facts 4.1, 4.2).
 * Which is which follows from the order alone: one case's referrals are sent one after another, and OSCaR counts up.
 */
final class DecisionsCheck {
    private final EndState state;
    private final Optional<Watched> watched;
    private final Set<String> patched = new HashSet<>();

    private DecisionsCheck(EndState state, Optional<Watched> watched) {
        this.state = state;
        this.watched = watched;
        state.bench
                .primero
                .calls()
                .list(call -> call.method().equals("PATCH")
                        && call.template().contains("/referrals/")
                        && call.outcome() == 200)
                .forEach(call -> patched.addAll(call.ids().values()));
    }

    /** Where nobody has watched what the NGOs did one after the other: as the last state shows it. */
    static void of(EndState state) {
        of(state, Optional.empty());
    }

    static void of(EndState state, Watched watched) {
        of(state, Optional.of(watched));
    }

    private static void of(EndState state, Optional<Watched> watched) {
        DecisionsCheck check = new DecisionsCheck(state, watched);
        Map<String, List<ReferralFacts>> received = new TreeMap<>();
        state.bench.oscar.checks().referrals().stream()
                .filter(each -> each.received() && each.externalId() != null)
                .forEach(each -> received.computeIfAbsent(
                                key(
                                        each.organization(),
                                        each.externalId(),
                                        each.services().get(0)),
                                name -> new ArrayList<>())
                        .add(each));
        state.cases.values().forEach(theCase -> check.ofCase(theCase, received));
    }

    private static String key(String ngo, String caseId, String service) {
        return ngo + " " + caseId + " " + service;
    }

    private void ofCase(ObjectNode theCase, Map<String, List<ReferralFacts>> received) {
        Map<String, List<LedgerRows.Row>> sent = new TreeMap<>();
        state.effects(TO_OSCAR, text(theCase, "id")).stream()
                .filter(LedgerRows.Row::arrived)
                .filter(effect -> effect.kind().equals("referral"))
                .sorted(Comparator.comparing(LedgerRows.Row::sentAt))
                .forEach(effect -> ReferralsCheck.row(theCase, effect.key().split(":")[1])
                        .ifPresent(row -> sent.computeIfAbsent(
                                        key(
                                                ReferralsCheck.ngo(row),
                                                text(theCase, "case_id"),
                                                Codes.serviceOf(row).orElse("?")),
                                        name -> new ArrayList<>())
                                .add(effect)));
        sent.forEach((name, effects) -> {
            List<ReferralFacts> there = received.getOrDefault(name, List.of()).stream()
                    .sorted(Comparator.comparing(ReferralFacts::id))
                    .toList();
            for (int i = 0; i < Math.min(there.size(), effects.size()); i++) {
                answered(theCase, effects.get(i), there.get(i));
            }
        });
    }

    private void answered(ObjectNode theCase, LedgerRows.Row effect, ReferralFacts there) {
        if (there.pending()) {
            return;
        }
        Watched.Says says = watched.map(all -> all.last(there)).orElseGet(() -> asShown(there.status()));
        String record = there.organization() + "/" + there.slug();
        boolean shown =
                state.feed.stream().anyMatch(client -> EndState.record(client).equals(record));
        String name = there.organization() + ":" + there.id();
        boolean listed = state.listed(TO_PRIMERO, record, "decision:" + name)
                || state.listed(TO_PRIMERO, record, "conflict:" + name)
                || state.listed(TO_PRIMERO, record, "read");
        boolean consents = theCase.path("consent_for_services").asBoolean()
                && theCase.path("disclosure_other_orgs").asBoolean();
        if (consents
                && state.effects(TO_PRIMERO, record).stream()
                        .anyMatch(each -> each.key().equals("decision:" + name)
                                && each.code().equals("http-422"))) {
            state.fault("refused without consent, and not tried again with it: " + name, text(theCase, "id"));
        }
        String[] key = effect.key().split(":");
        if (anotherIsTakenForIt(record, key[1], key[2])) {
            return;
        }
        JsonNode row = ReferralsCheck.row(theCase, key[1]).orElseThrow();
        told(key[2], there, theCase);
        String referral = state.referrals.get(text(theCase, "id")).stream()
                .filter(each -> text(each, "id").equals(key[2]))
                .map(each -> text(each, "status"))
                .findFirst()
                .orElse("");
        if (says == Watched.Says.LISTED && referral.equals("in_progress") && shown && !listed) {
            state.fault(
                    "left open by the NGO and not listed: " + effect.key() + " (" + name + ")", text(theCase, "id"));
        }
        if (says != Watched.Says.ACCEPTED && says != Watched.Says.EXITED) {
            return;
        }
        String decision = says == Watched.Says.ACCEPTED ? "Accepted" : "Exited";
        boolean onward = text(row, "service_response_type").equals("referral_from_oscar");
        boolean newest = state.newestSentOn(theCase, key[1]).equals(effect.key());
        String rowSays = Codes.decisionOf(text(row, "referral_status_edf41f2"));
        boolean kept = decision.equals("Exited") && (referral.equals("accepted") || referral.equals("done"));
        boolean same =
                switch (referral) {
                    case "accepted", "done" -> true;
                    case "rejected", "revoked" -> decision.equals("Exited");
                    default -> false;
                };
        boolean rowSame = onward || !newest || rowSays.equals(kept ? "Accepted" : decision);
        if (shown && EndState.enabled(theCase) && !listed && !(same && rowSame)) {
            state.fault(
                    "the NGO says " + decision + " of " + effect.key() + ", Primero " + referral + "/" + rowSays + " ("
                            + name + ")",
                    text(theCase, "id"));
        }
    }

    private static Watched.Says asShown(String status) {
        return switch (Codes.decisionOf(status)) {
            case "Accepted" -> Watched.Says.ACCEPTED;
            case "Exited" -> Watched.Says.EXITED;
            default -> Watched.Says.OPEN;
        };
    }

    /** What we decided of a referral in Primero the NGO has said of it, now or before. */
    private void told(String referralId, ReferralFacts there, JsonNode theCase) {
        if (watched.isEmpty() || !patched.contains(referralId)) {
            return;
        }
        String status = state.referrals.get(text(theCase, "id")).stream()
                .filter(each -> text(each, "id").equals(referralId))
                .map(each -> text(each, "status"))
                .findFirst()
                .orElse("");
        Watched.Says told = status.equals("rejected") ? Watched.Says.EXITED : Watched.Says.ACCEPTED;
        if (!status.equals("in_progress") && !watched.get().ever(there).contains(told)) {
            state.fault(
                    "made " + status + " by us, but " + there.organization() + " never said so of " + there.id(),
                    text(theCase, "id"));
        }
    }

    /**
     * The one thing that nothing can tell apart, from its other end: before this referral was taken up, and so shown, the NGO
     * had referred the child for the same service itself, and that entry is its answer (see {@link ServicesCheck}).
     */
    private boolean anotherIsTakenForIt(String record, String row, String referral) {
        return state.ties.stream()
                .filter(tie -> tie.record().equals(record)
                        && tie.role().equals("ANSWER")
                        && tie.row().equals(row)
                        && tie.referral().equals(referral))
                .map(tie -> tie.entry().split(":"))
                .anyMatch(entry -> !state.bench
                        .oscar
                        .checks()
                        .referral(entry[0], Integer.parseInt(entry[1]))
                        .received());
    }
}
