package dev.tandem.contract.oscar;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.oscar.Messages;
import dev.tandem.sandbox.oscar.ReferralBody;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which values a referral takes. Messages are told by their keys, never by their texts. */
final class OscarReferralValues extends OscarClauses {
    OscarReferralValues(OscarServer oscar) {
        super(oscar);
    }

    private ObjectNode referral() {
        return oscar.referral(oscar.externalId(), "");
    }

    /** The attributes that are named, each with how many messages. */
    private Map<String, Integer> refused(ObjectNode body) {
        JsonNode message = oscar.upsert(body).is(422).json().path("message");
        Map<String, Integer> named = new TreeMap<>();
        message.properties()
                .forEach(each -> named.put(each.getKey(), each.getValue().size()));
        return named;
    }

    @Clause(
            id = "O331",
            section = "3.6",
            says = "Blank values are 422 with an array for each attribute, two messages for a blank level_of_risk")
    void blank() {
        ObjectNode body = referral()
                .put("given_name", "")
                .put("family_name", " ")
                .put("external_case_worker_name", "")
                .put("external_case_worker_mobile", "")
                .put("level_of_risk", "");
        body.remove("services");
        unlessSame(
                "attributes",
                new TreeMap<>(Map.of(
                        "client_name",
                        1,
                        "name_of_referee",
                        1,
                        "referral_phone",
                        1,
                        "level_of_risk",
                        2,
                        "services",
                        1)),
                refused(body));
    }

    @Clause(
            id = "O332",
            section = "3.6 T22",
            says = "level_of_risk is high, medium, low or \"no action\" with a blank; no_action is 422")
    void levels() {
        unlessSame("attributes", Map.of("level_of_risk", 1), refused(referral().put("level_of_risk", "no_action")));
        oscar.needsReferrals();
        for (String level : List.of("high", "medium", "low", "no action")) {
            oscar.upsert(referral().put("level_of_risk", level)).is(200);
        }
    }

    @Clause(
            id = "O333",
            section = "3.6 T13",
            says = "Services go by their exact name; unknown ones vanish while one is known, and none known is 422")
    void services() {
        ObjectNode unknown = referral();
        unknown.set("services", ReferralBody.services("No such service", "family preservation"));
        unlessSame("attributes", Map.of("services", 1), refused(unknown));
        oscar.needsReferrals();
        ObjectNode some = referral();
        some.set("services", ReferralBody.services("Kinship care", "No such service"));
        oscar.upsert(some).is(200);
        oscar.behind()
                .ifPresent(simulator -> unlessSame(
                        "services",
                        List.of(List.of("Kinship care")),
                        checks().referrals("cif", some.path("external_id").asText()).stream()
                                .map(ReferralFacts::services)
                                .toList()));
    }

    @Clause(id = "O334", section = "3.6", says = "A service that one NGO's catalogue lacks is 422 there only")
    void missingInOne() {
        var simulator = oscar.simulator("an NGO's catalogue");
        oscar.needsReferrals();
        simulator.admin("cif").removeService("Family preservation");
        unlessSame("attributes", Map.of("services", 1), refused(referral()));
        oscar.upsert(oscar.referral("gpc", oscar.externalId(), "")).is(200);
    }

    @Clause(id = "O335", section = "12", says = "Every service name of the code list is in the catalogue")
    void catalogue() {
        var simulator = oscar.simulator("one referral for each of 50 services");
        oscar.needsReferrals();
        for (String name : new ArrayList<>(simulator.admin("cif").services())) {
            ObjectNode body = referral();
            body.set("services", ReferralBody.services(name));
            oscar.upsert(body).is(200);
        }
    }

    @Clause(
            id = "O336",
            section = "3.6 12",
            says = "external_case_worker_id may be any text, but a number above 2^31-1 is 500 and saves nothing")
    void workerId() {
        ObjectNode large = referral().put("external_case_worker_id", "2147483648");
        raised(oscar.upsert(large));
        oscar.behind()
                .ifPresent(simulator -> unlessSame(
                        "referrals", 0, referrals(large.path("external_id").asText())));
        oscar.needsReferrals();
        oscar.upsert(referral().put("external_case_worker_id", UNKNOWN)).is(200);
    }

    @Clause(
            id = "O337",
            section = "3.6",
            says = "gender, date_of_birth and village code of a referral are not validated")
    void notValidated() {
        oscar.needsReferrals();
        oscar.upsert(referral()
                        .put("gender", "?")
                        .put("date_of_birth", "no date")
                        .put("location_current_village_code", "x"))
                .is(200);
    }

    @Clause(id = "O338", section = "12", says = "A name of 3,000 characters and a reason of 20,000 go through")
    void longest() {
        oscar.needsReferrals();
        ObjectNode body = referral().put("given_name", "n".repeat(3000)).put("reason_for_referral", "r".repeat(20_000));
        oscar.upsert(body).is(200);
        oscar.behind()
                .ifPresent(simulator -> unlessSame(
                        "length of the reason",
                        20_000,
                        checks().referrals("cif", body.path("external_id").asText())
                                .get(0)
                                .reason()
                                .length()));
    }

    @Clause(
            id = "O340",
            section = "12",
            says =
                    "Where an NGO's translations lack a message, \"translation missing: ...\" stands for it, under the same attributes")
    void translationMissing() {
        oscar.simulator("translations that lack a message").switches().language(Messages.UNTRANSLATED);
        ObjectNode body = referral().put("level_of_risk", "severe");
        unlessSame("attributes", Map.of("level_of_risk", 1), refused(body));
        unless(
                "translation missing",
                oscar.upsert(body)
                        .is(422)
                        .json()
                        .at("/message/level_of_risk/0")
                        .asText()
                        .startsWith("translation missing: en.activerecord.errors.models.referral."));
    }

    @Clause(id = "O339", section = "3.5 3.6", says = "A referral's own status starts Referred, whatever is sent")
    void startsReferred() {
        checks();
        oscar.needsReferrals();
        String externalId = oscar.externalId();
        oscar.upsert(oscar.referral(externalId, "").put("referral_status", "Accepted"))
                .is(200);
        unlessSame(
                "status",
                "Referred",
                checks().referrals("cif", externalId).get(0).status());
    }
}
