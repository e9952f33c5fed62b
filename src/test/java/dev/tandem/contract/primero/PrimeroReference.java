package dev.tandem.contract.primero;

import static dev.tandem.contract.Different.unless;
import static dev.tandem.contract.Different.unlessSame;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.contract.Answer;
import dev.tandem.contract.Clause;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Users, lookups, agencies, places, forms: what Tandem's code lists are checked against. */
final class PrimeroReference extends PrimeroClauses {
    PrimeroReference(Primero primero) {
        super(primero);
    }

    @Clause(id = "P601", section = "6", says = "users?user_name= finds exactly that name, and in capitals nobody")
    void users() {
        String name = primero.recipient();
        Answer answer = primero.get("/api/v2/users?user_name=" + name).is(200);
        unlessSame("user_name", List.of(name), answer.values("user_name"));
        unlessSame("disabled", List.of("false"), answer.values("disabled"));
        unlessSame(
                "total",
                0,
                primero.get("/api/v2/users?user_name=" + name.toUpperCase(java.util.Locale.ROOT))
                        .is(200)
                        .total());
    }

    @Clause(id = "P602", section = "6 11", says = "users?disabled[] is ignored on 2.14 and filters from 2.15")
    void disabledUsers() {
        PrimeroSimulator simulator = primero.simulator("an account that may be disabled");
        simulator.disableUser("mgrstg");
        unlessSame(
                "total",
                primero.hasEnums() ? 0 : 1,
                primero.get("/api/v2/users?user_name=mgrstg&disabled%5B%5D=false")
                        .is(200)
                        .total());
    }

    @Clause(id = "P603", section = "6", says = "users/refer-to has who may receive a referral, with agency")
    void recipients() {
        Answer answer = primero.get("/api/v2/users/refer-to?record_type=case&record_module_id=primeromodule-cp")
                .is(200);
        unless("the recipient", answer.values("user_name").contains(primero.recipient()));
        unless("an agency", !answer.data().path(0).path("agency").isMissingNode());
    }

    @Clause(
            id = "P604",
            section = "6",
            says = "Lookups are paged, and their values have id and display_text in every language")
    void lookups() {
        Answer answer = primero.get("/api/v2/lookups?per=2").is(200);
        unlessSame("rows", 2, answer.data().size());
        unlessSame("per", 2, answer.json().at("/metadata/per"));
        JsonNode value = primero.get("/api/v2/lookups?per=1000")
                .data()
                .path(0)
                .path("values")
                .path(0);
        unless(
                "id and display_text",
                value.has("id") && value.path("display_text").has("en"));
    }

    @Clause(id = "P605", section = "6 11", says = "GET /lookups/:unique_id is 403 for a role without metadata")
    void lookupByName() {
        primero.get("/api/v2/lookups/lookup-gender").is(403);
    }

    @Clause(id = "P606", section = "11", says = "GET /primero_modules is 403 for a role without metadata")
    void modules() {
        primero.get("/api/v2/primero_modules").is(403);
    }

    @Clause(id = "P607", section = "6", says = "Agencies are paged, with unique_id")
    void agencies() {
        Answer answer = primero.get("/api/v2/agencies?per=1000").is(200);
        unless("agencies", answer.total() > 0);
        unless("unique_id", !answer.values("unique_id").contains(""));
    }

    @Clause(id = "P608", section = "11", says = "agencies?disabled[] is 500 on 2.14 and filters from 2.15")
    void disabledAgencies() {
        primero.get("/api/v2/agencies?disabled%5B%5D=false").is(primero.hasEnums() ? 200 : 500);
    }

    @Clause(
            id = "P609",
            section = "6",
            says = "Locations have code and, with hierarchy=true, admin_level and hierarchy")
    void locations() {
        JsonNode first = primero.get("/api/v2/locations?hierarchy=true&per=1")
                .is(200)
                .data()
                .path(0);
        unless(
                "code, admin_level and hierarchy",
                first.has("code") && first.has("admin_level") && first.has("hierarchy"));
    }

    @Clause(id = "P610", section = "6 8", says = "The forms of a case have every field that Tandem reads and writes")
    void fields() {
        Set<String> names = new HashSet<>();
        primero.get("/api/v2/forms?record_type=case&module_id=primeromodule-cp")
                .is(200)
                .data()
                .findValuesAsText("name")
                .forEach(names::add);
        for (String needed : List.of(
                "oscar_number",
                "oscar_short_id",
                "oscar_status",
                "oscar_reason_for_exiting",
                "mosvy_number",
                "location_current",
                "risk_level",
                "protection_status",
                "interview_subject",
                "consent_for_services",
                "disclosure_other_orgs",
                "services_section",
                "service_type",
                "service_subtype",
                "service_response_type",
                "service_response_day_time",
                "service_implementing_agency",
                "service_implementing_agency_individual",
                "referral_status_edf41f2",
                "oscar_referral_id_a4ac8a5",
                "oscar_referring_organization",
                "referral_notes_from_oscar_2e787b8",
                "oscar_case_worker_name",
                "oscar_case_worker_telephone")) {
            unless("a field " + needed, names.contains(needed));
        }
    }

    @Clause(
            id = "P611",
            section = "1.4 6",
            says =
                    "users/:id?extended=true has an account's own rights, and for each form whether it is read or written")
    void rights() {
        String id = primero.get("/api/v2/users?user_name=" + primero.user())
                .is(200)
                .data()
                .path(0)
                .path("id")
                .asText();
        JsonNode own =
                primero.get("/api/v2/users/" + id + "?extended=true").is(200).data();
        unlessSame("user_name", primero.user(), own.path("user_name").asText());
        unless("module_unique_ids", own.path("module_unique_ids").isArray());
        unless(
                "the right to read cases",
                own.at("/permissions/list").findValuesAsText("resource").contains("cases"));
        unless("forms", own.path("permitted_form").size() > 0);
        own.path("permitted_form")
                .forEach(right -> unless("r or rw", List.of("r", "rw").contains(right.asText())));
    }

    @Clause(
            id = "P612",
            section = "6",
            says =
                    "The forms of a record type are there whatever the role sees, with their modules, and subforms as forms"
                            + " that a field names by their id")
    void subforms() {
        JsonNode forms = primero.get("/api/v2/forms?record_type=case").is(200).data();
        for (JsonNode form : forms) {
            unless("module_ids", form.path("module_ids").isArray());
            for (JsonNode field : form.path("fields")) {
                if (field.path("name").asText().equals("services_section")) {
                    for (JsonNode other : forms) {
                        if (other.path("id").asInt()
                                == field.path("subform_section_id").asInt()) {
                            unless("is_nested", other.path("is_nested").asBoolean());
                            return;
                        }
                    }
                }
            }
        }
        unless("the subform of services_section", false);
    }

    @Clause(id = "P613", section = "5.1 6", says = "system_settings shows any account the modules with their options")
    void moduleOptions() {
        JsonNode modules = primero.get("/api/v2/system_settings").is(200).data().path("modules");
        unless("a module", modules.size() > 0);
        modules.forEach(
                module -> unless("module_options", module.path("module_options").isObject()));
    }
}
