package dev.tandem.endtoend;

import static dev.tandem.endtoend.EndState.TO_OSCAR;
import static dev.tandem.endtoend.EndState.TO_PRIMERO;
import static dev.tandem.endtoend.EndState.blank;
import static dev.tandem.endtoend.EndState.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The NGO's own services have one row each (mapping-facts 3.4), and what Primero decided of them is at OSCaR (2.1). */
final class ServicesCheck {
    private final EndState state;

    private ServicesCheck(EndState state) {
        this.state = state;
    }

    static void of(EndState state) {
        ServicesCheck check = new ServicesCheck(state);
        for (JsonNode client : state.feed) {
            List<ObjectNode> found = state.casesFor(client);
            if (found.size() == 1) {
                client.path("services").forEach(entry -> check.entry(client, entry, found.get(0)));
            }
        }
        state.cases.values().forEach(check::once);
        state.cases.values().stream().filter(EndState::enabled).forEach(check::decisions);
    }

    private void entry(JsonNode client, JsonNode entry, ObjectNode theCase) {
        boolean enrolment = !blank(entry, "enrollment_date");
        boolean outward = !client.has("resource");
        if (!enrolment && !outward) {
            return;
        }
        String ngo = text(client, "organization_name");
        String key = "service:" + ngo + ":" + text(entry, enrolment ? "program_name" : "referral_id") + ":"
                + text(entry, "uuid");
        long rows = 0;
        for (JsonNode row : theCase.path("services_section")) {
            rows += isOf(row, ngo, entry, enrolment) ? 1 : 0;
        }
        boolean answer = !enrolment && (answers(ngo, entry) || takenForAnAnswer(client, entry, theCase));
        if (rows != 1 && !answer && !state.listed(TO_PRIMERO, EndState.record(client), key)) {
            state.fault(
                    "has " + rows + " rows for " + key + ": " + rows(theCase) + ", ledger: "
                            + state.effects(TO_PRIMERO, EndState.record(client)),
                    EndState.record(client));
        }
    }

    /** Ids and codes of the case's rows. */
    private static List<String> rows(ObjectNode theCase) {
        List<String> rows = new ArrayList<>();
        for (JsonNode row : theCase.path("services_section")) {
            rows.add(String.join(
                    "|",
                    text(row, "unique_id"),
                    text(row, "service_response_type"),
                    text(row, "service_implementing_agency"),
                    row.path("service_subtype").toString(),
                    text(row, "oscar_referral_id_a4ac8a5"),
                    text(row, "service_response_day_time")));
        }
        return rows;
    }

    /** A referral that Primero made itself, taken up by the NGO. */
    private boolean answers(String ngo, JsonNode entry) {
        return state.bench
                .oscar
                .checks()
                .referral(ngo, entry.path("referral_id").asInt())
                .received();
    }

    /**
     * The one thing that nothing can tell apart: Primero has referred the child to this NGO for this service, nobody there has
     * taken that up, so that OSCaR hides it, and meanwhile the NGO refers the child for the same service itself. Its entry is
     * the first of that name to be seen after the referral was sent: by rule 0 it is the answer (mapping-facts 4.1).
     */
    private boolean takenForAnAnswer(JsonNode client, JsonNode entry, ObjectNode theCase) {
        String key = text(client, "organization_name") + ":" + text(entry, "referral_id") + ":";
        return state.ties.stream()
                .filter(tie -> tie.record().equals(EndState.record(client))
                        && tie.entry().startsWith(key)
                        && tie.role().equals("ANSWER"))
                .anyMatch(tie -> state.effects(TO_OSCAR, text(theCase, "id")).stream()
                        .anyMatch(effect -> effect.key().equals("referral:" + tie.row() + ":" + tie.referral())
                                && effect.arrived()
                                && Instant.parse(effect.sentAt()).isBefore(tie.firstSeen())
                                && ReferralsCheck.row(theCase, tie.row())
                                        .flatMap(Codes::serviceOf)
                                        .filter(text(entry, "name")::equals)
                                        .isPresent()));
    }

    private static boolean isOf(JsonNode row, String ngo, JsonNode entry, boolean enrolment) {
        String type = text(row, "service_response_type");
        if (type.equals("referral_to_oscar")
                || !text(row, "service_implementing_agency").equals(Codes.agencyOf(ngo))) {
            return false;
        }
        JsonNode first = row.path("service_subtype").path(0);
        if (!Codes.subtypeOf(text(entry, "name")).orElse("?").equals(first.isTextual() ? first.asText() : "")) {
            return false;
        }
        return enrolment
                ? text(row, "service_response_day_time").startsWith(text(entry, "enrollment_date"))
                        && type.equals("service_being_provided_by_oscar_partner_47618")
                : text(row, "oscar_referral_id_a4ac8a5").equals(text(entry, "referral_id"));
    }

    private void once(ObjectNode theCase) {
        Set<String> ids = new HashSet<>();
        for (JsonNode row : theCase.path("services_section")) {
            if (!ids.add(text(row, "unique_id"))) {
                state.fault("two rows with one unique_id", text(theCase, "id"));
            }
        }
    }

    private void decisions(ObjectNode theCase) {
        TreeMap<String, String> decided = new TreeMap<>();
        for (JsonNode row : theCase.path("services_section")) {
            if (text(row, "service_response_type").equals("referral_from_oscar")) {
                String agency = text(row, "oscar_referring_organization");
                String number = text(row, "oscar_referral_id_a4ac8a5");
                String ngo = Codes.ngoOf(agency).orElse("unlisted");
                // What somebody typed is no part of a key: without a number or a listed NGO, a row stands for itself.
                boolean named = !ngo.equals("unlisted") && number.matches("[0-9]{1,18}");
                decided.merge(
                        ngo + ":" + (named ? number : text(row, "unique_id")),
                        Codes.decisionOf(text(row, "referral_status_edf41f2")),
                        (one, two) -> one.isEmpty() || two.isEmpty() ? "" : one.equals("Accepted") ? one : two);
            }
        }
        decided.forEach((key, decision) -> {
            if (!decision.isEmpty()) {
                decision(theCase, key, decision);
            }
        });
    }

    private void decision(ObjectNode theCase, String key, String decision) {
        String id = text(theCase, "id");
        String ngo = key.substring(0, key.indexOf(':'));
        String number = key.substring(key.indexOf(':') + 1);
        boolean agrees = state.feed.stream()
                .filter(client -> text(client, "organization_name").equals(ngo))
                .filter(client -> state.casesFor(client).contains(theCase))
                .flatMap(client -> {
                    List<JsonNode> entries = new ArrayList<>();
                    client.path("services").forEach(entries::add);
                    return entries.stream();
                })
                .filter(entry -> text(entry, "referral_id").equals(number))
                .anyMatch(entry ->
                        Codes.decisionOf(text(entry, "referral_status")).equals(decision));
        boolean listed = state.listed(TO_OSCAR, id, "decision:" + key) || state.listed(TO_OSCAR, id, "conflict:" + key);
        if (!agrees && !listed) {
            state.fault("decided " + decision + " in Primero, not at OSCaR, not listed " + known(id, key), id);
        }
        if (agrees && listed) {
            state.fault("listed, although both sides agree " + known(id, key), id);
        }
    }

    private String known(String id, String key) {
        return key + " "
                + state.effects(TO_OSCAR, id).stream()
                        .filter(effect -> effect.key().endsWith(":" + key))
                        .toList();
    }
}
