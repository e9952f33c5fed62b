package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.blank;
import static dev.tandem.endtoend.EndState.enabled;
import static dev.tandem.endtoend.EndState.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every referral that mapping-facts 1.2 says is owed is at its NGO once, or is listed for a cause that is seen here too. */
final class ReferralsCheck {
    private final EndState state;
    private final boolean atRest;
    private final Map<String, Integer> wanted = new HashMap<>();

    private ReferralsCheck(EndState state, boolean atRest) {
        this.state = state;
        this.atRest = atRest;
    }

    /** Of a world in which nobody acted meanwhile: what is listed must have its cause in how things are now. */
    static void of(EndState state) {
        check(state, true);
    }

    /** Of a world in which people acted: what was rightly sent may not be owed any more, and the other way round. */
    static void ofWhatChanged(EndState state) {
        check(state, false);
    }

    /** Only that what was sent is there, once each. */
    static void repeats(EndState state) {
        ReferralsCheck check = new ReferralsCheck(state, false);
        state.cases.values().forEach(check::sent);
        check.compare();
    }

    private static void check(EndState state, boolean atRest) {
        ReferralsCheck check = new ReferralsCheck(state, atRest);
        state.cases.values().forEach(check::ofCase);
        check.compare();
    }

    private void ofCase(ObjectNode one) {
        sent(one);
        List<JsonNode> referrals = state.referrals.getOrDefault(text(one, "id"), List.of());
        for (JsonNode row : one.path("services_section")) {
            owed(row, referrals).filter(referral -> enabled(one)).ifPresent(referral -> owed(one, row, referral));
        }
    }

    private void sent(ObjectNode one) {
        String id = text(one, "id");
        for (LedgerRows.Row effect : state.effects(EndState.TO_OSCAR, id)) {
            if (effect.kind().equals("referral") && effect.arrived()) {
                String[] key = effect.key().split(":");
                row(one, key[1]).ifPresent(row -> want(one, row));
            }
        }
    }

    static Optional<JsonNode> row(ObjectNode one, String uniqueId) {
        for (JsonNode row : one.path("services_section")) {
            if (text(row, "unique_id").equals(uniqueId)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private void want(ObjectNode one, JsonNode row) {
        wanted.merge(
                ngo(row) + " " + text(one, "case_id") + " "
                        + Codes.serviceOf(row).orElse("?"),
                1,
                Integer::sum);
    }

    static String ngo(JsonNode row) {
        return Codes.ngoOf(agency(row)).orElse("?");
    }

    private static String agency(JsonNode row) {
        return text(
                row,
                text(row, "service_response_type").equals("referral_from_oscar")
                        ? "oscar_referring_organization"
                        : "service_implementing_agency");
    }

    private static Optional<JsonNode> owed(JsonNode row, List<JsonNode> referrals) {
        String type = text(row, "service_response_type");
        boolean toOscar = type.equals("referral_to_oscar");
        if (blank(row, "unique_id") || !(toOscar || type.equals("referral_from_oscar"))) {
            return Optional.empty();
        }
        return referrals.stream()
                .filter(referral -> text(referral, "status").equals("in_progress"))
                .filter(referral -> text(referral, "service_record_id").equals(text(row, "unique_id")))
                .filter(referral -> toOscar
                        || blank(referral, "transitioned_to")
                        || Codes.isNgoUser(text(referral, "transitioned_to")))
                .max(Comparator.comparing(referral -> text(referral, "created_at")));
    }

    private void owed(ObjectNode one, JsonNode row, JsonNode referral) {
        String id = text(one, "id");
        String key = "referral:" + text(row, "unique_id") + ":" + text(referral, "id");
        List<JsonNode> open = state.referrals.get(id).stream()
                .filter(each -> text(each, "status").equals("in_progress"))
                .filter(each -> text(each, "service_record_id").equals(text(row, "unique_id")))
                .toList();
        boolean sentBefore = state.effects(EndState.TO_OSCAR, id).stream()
                .filter(LedgerRows.Row::arrived)
                .anyMatch(each -> open.stream().anyMatch(other -> each.key().endsWith(":" + text(other, "id"))));
        if (sentBefore
                && state.effects(EndState.TO_OSCAR, id).stream()
                        .noneMatch(each -> each.key().equals(key))) {
            return;
        }
        List<String> causes = causes(one, row, referral);
        Optional<LedgerRows.Row> effect = state.effects(EndState.TO_OSCAR, id).stream()
                .filter(each -> each.key().equals(key))
                .findFirst();
        if (effect.isEmpty()) {
            state.fault("owed but unknown to the ledger " + key, id);
        } else if (atRest && effect.get().sent() && !causes.isEmpty()) {
            state.fault("sent in spite of " + causes + " " + key, id);
        } else if (atRest && !effect.get().sent() && causes.isEmpty()) {
            state.fault("not sent for no cause, " + effect.get(), id);
        }
    }

    /** What keeps it from being sent, as far as the two systems' contracts say. */
    private List<String> causes(ObjectNode one, JsonNode row, JsonNode referral) {
        List<String> causes = new ArrayList<>();
        boolean consents = one.path("consent_for_services").asBoolean()
                && one.path("disclosure_other_orgs").asBoolean();
        String to = text(referral, "transitioned_to");
        boolean known = state.feed.stream()
                .anyMatch(client -> text(client, "organization_name").equals(ngo(row))
                        && state.casesFor(client).contains(one));
        add(causes, "consent", !consents && !referral.path("consent_overridden").asBoolean());
        add(causes, "agency", Codes.ngoOf(agency(row)).isEmpty());
        add(causes, "recipient", !to.isEmpty() && !to.equals(Codes.userOf(agency(row))));
        add(causes, "service", Codes.serviceOf(row).isEmpty());
        add(causes, "risk", !Codes.isRisk(text(one, "risk_level")));
        add(causes, "referee", blank(one, "owned_by"));
        add(causes, "name", blank(one, "name_first") && blank(one, "name_last") && !known);
        return causes;
    }

    private static void add(List<String> causes, String cause, boolean holds) {
        if (holds) {
            causes.add(cause);
        }
    }

    private void compare() {
        Map<String, Integer> there = new HashMap<>();
        state.bench.oscar.checks().referrals().stream()
                .filter(referral -> referral.received() && referral.externalId() != null)
                .forEach(referral -> there.merge(
                        referral.organization() + " " + referral.externalId() + " "
                                + referral.services().get(0),
                        1,
                        Integer::sum));
        wanted.forEach((key, times) -> {
            if (!times.equals(there.getOrDefault(key, 0))) {
                state.fault("sent " + times + " times but there " + there.getOrDefault(key, 0), key);
            }
        });
        there.keySet().stream()
                .filter(key -> !wanted.containsKey(key))
                .forEach(key -> state.fault("owed by none", key));
    }
}
