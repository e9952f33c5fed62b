package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.TO_OSCAR;
import static dev.tandem.endtoend.EndState.TO_PRIMERO;
import static dev.tandem.endtoend.EndState.blank;
import static dev.tandem.endtoend.EndState.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Every client that the feed shows has its case with what mapping-facts 3.3 and 3.6 say, or is listed. */
final class CasesCheck {
    private final EndState state;

    private CasesCheck(EndState state) {
        this.state = state;
    }

    static void of(EndState state) {
        CasesCheck check = new CasesCheck(state);
        state.feed.forEach(check::ofClient);
    }

    /** Of a world in which people edited both sides: ids and the client's state only. */
    static void ofWhatChanged(EndState state) {
        CasesCheck check = new CasesCheck(state);
        for (JsonNode client : state.feed) {
            check.theCase(client).ifPresent(theCase -> {
                check.ids(client, theCase, theCase);
                if (text(theCase, "oscar_short_id").equals(text(client, "slug"))) {
                    check.equal(client, theCase, "oscar_status", text(client, "status"));
                }
            });
        }
    }

    private void ofClient(JsonNode client) {
        theCase(client).ifPresent(theCase -> ofClient(client, theCase));
    }

    private Optional<ObjectNode> theCase(JsonNode client) {
        String record = EndState.record(client);
        List<ObjectNode> found = state.casesFor(client);
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        if (!state.disabledCaseFor(client) && !state.listed(TO_PRIMERO, record, "")) {
            state.fault("has " + found.size() + " cases and is not listed", record);
        }
        return Optional.empty();
    }

    private void ofClient(JsonNode client, ObjectNode theCase) {
        ObjectNode was = state.before.get(text(theCase, "id"));
        if (was == null) {
            created(client, theCase);
        } else {
            updated(client, theCase, was);
        }
        ids(client, theCase, was);
    }

    private void created(JsonNode client, ObjectNode theCase) {
        demographics(client, theCase);
        boolean referred = client.path("is_referred").asBoolean();
        String place = home(client);
        String expectedOwner = referred
                ? (place.isEmpty() ? Codes.provinceOwner(office(client)) : Codes.provinceOwner(place)).orElse("")
                : Codes.userOf(Codes.agencyOf(text(client, "organization_name")));
        equal(client, theCase, "owned_by", expectedOwner);
        equal(client, theCase, "oscar_short_id", text(client, "slug"));
        equal(client, theCase, "oscar_status", text(client, "status"));
        equal(client, theCase, "module_id", "primeromodule-cp");
        equal(client, theCase, "protection_status", referred ? "oscar_referral" : "");
        equal(client, theCase, "interview_subject", referred ? "other" : "");
        equal(client, theCase, "risk_level", referred ? Codes.riskOf(text(client, "level_of_risk")) : "");
        boolean consent =
                !client.has("resource") && !client.path("referral_consent_form").isEmpty();
        equal(client, theCase, "consent_for_services", consent ? "true" : "");
        equal(client, theCase, "disclosure_other_orgs", consent ? "true" : "");
    }

    private void demographics(JsonNode client, ObjectNode theCase) {
        equal(client, theCase, "name_first", name(text(client, "local_given_name"), text(client, "given_name")));
        equal(client, theCase, "name_last", name(text(client, "local_family_name"), text(client, "family_name")));
        equal(client, theCase, "sex", Codes.sexOf(text(client, "gender")));
        String born = text(client, "date_of_birth");
        born = born.length() == 11 ? born.substring(1) : born;
        equal(client, theCase, "date_of_birth", born);
        LocalDate today = LocalDate.now(ZoneId.of("Asia/Phnom_Penh"));
        int age = Math.max(0, Period.between(LocalDate.parse(born), today).getYears());
        equal(client, theCase, "age", Integer.toString(age));
        equal(client, theCase, "location_current", home(client));
    }

    private void updated(JsonNode client, ObjectNode theCase, ObjectNode was) {
        String shortId = text(was, "oscar_short_id");
        boolean shown = text(theCase, "oscar_short_id").equals(text(client, "slug"));
        boolean alone = state.feed.stream()
                        .filter(each -> state.casesFor(each).contains(theCase))
                        .count()
                == 1;
        if (shown) {
            equal(client, theCase, "oscar_status", text(client, "status"));
        }
        if (blank(was, "mosvy_number") && !blank(client, "mosvy_number")) {
            if (blank(theCase, "mosvy_number")) {
                state.fault("the ministry number is missing", EndState.record(client));
            }
        } else {
            equal(client, theCase, "mosvy_number", text(was, "mosvy_number"));
        }
        boolean followed = alone && shortId.equals(text(client, "slug")) && linkedByUs(client);
        if (followed) {
            demographics(client, theCase);
        } else {
            for (String field : List.of("name_first", "name_last", "sex", "date_of_birth", "age", "location_current")) {
                equal(client, theCase, field, text(was, field));
            }
        }
        for (String field : List.of("owned_by", "consent_for_services", "disclosure_other_orgs")) {
            equal(client, theCase, field, text(was, field));
        }
    }

    /** Whether OSCaR learnt the case's id from Tandem: until then the case followed OSCaR (K7). */
    private boolean linkedByUs(JsonNode client) {
        return state.bench
                                .oscar
                                .checks()
                                .client(text(client, "organization_name"), text(client, "slug"))
                                .linkWrites()
                        > 0
                && !state.wasLinked.contains(EndState.record(client));
    }

    private void ids(JsonNode client, ObjectNode theCase, ObjectNode was) {
        String record = EndState.record(client);
        String number = text(theCase, "oscar_number");
        boolean another = (was != null && !blank(was, "oscar_number"))
                || state.feed.stream()
                        .anyMatch(each -> !EndState.record(each).equals(record)
                                && state.casesFor(each).contains(theCase)
                                && text(each, "global_id").equals(number));
        if (!number.equals(text(client, "global_id")) && !another) {
            state.fault("the number is not the client's", record);
        }
        if (blank(theCase, "oscar_short_id")) {
            state.fault("the short id is missing", record);
        }
        boolean linked = text(client, "external_id").equals(text(theCase, "case_id"))
                && text(client, "external_id_display").equals(text(theCase, "case_id_display"));
        // OSCaR takes a link for an archived client without a word and keeps nothing of it; its feed does not say
        // archived.
        boolean archived = state.bench
                .oscar
                .checks()
                .client(text(client, "organization_name"), text(client, "slug"))
                .deleted();
        if (!linked && !archived && !state.listed(TO_OSCAR, text(theCase, "id"), "link:" + record.replace('/', ':'))) {
            state.fault("OSCaR does not hold the case's ids, and it is not listed", record);
        }
    }

    private void equal(JsonNode client, ObjectNode theCase, String field, String expected) {
        if (!text(theCase, field).equals(expected)) {
            state.fault("field " + field + " of case " + text(theCase, "id"), EndState.record(client));
        }
    }

    private static String name(String local, String given) {
        if (local.isEmpty() || given.isEmpty()) {
            return local + given;
        }
        return local.equals(given) || given.startsWith(local + " (") ? given : local + " (" + given + ")";
    }

    private static String home(JsonNode client) {
        return Optional.of(text(client, "location_current_village_code"))
                .filter(code -> !code.isEmpty())
                .orElse(text(client, "address_current_village_code"))
                .replaceFirst("^0+", "");
    }

    private static String office(JsonNode client) {
        return text(client, "organization_address_code");
    }
}
