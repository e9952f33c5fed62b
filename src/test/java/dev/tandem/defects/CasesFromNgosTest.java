package dev.tandem.defects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Faults;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.http.Reply;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.primero.Write;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the present integration gets wrong about the case of an NGO's client (mapping-facts 6), done right. */
class CasesFromNgosTest {
    private static Living world;

    @BeforeAll
    static void start(@TempDir Path directory) {
        world = new Living(directory);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static ClientForm child() {
        return ClientForm.named("Srey", "Sample").livesAt("19020105");
    }

    @Test
    void d09_each_province_has_its_own_owner() {
        String stungTreng = world.referredClient("cif", "Kinship care", child());
        String oddarMeanchey = world.referredClient("cif", "Kinship care", child().livesAt("22010101"));
        world.sync();

        assertThat(owner(stungTreng)).isEqualTo("mgrstg");
        assertThat(owner(oddarMeanchey)).isEqualTo("mgromc");
    }

    @Test
    void d10_an_unknown_province_parks_that_client_and_the_run_continues() {
        String nowhere = world.referredClient("cif", "Kinship care", child().livesAt("99020105"));
        String somewhere = world.referredClient("cif", "Kinship care", child());
        world.sync();

        assertThat(world.casesOf("cif", nowhere)).isEmpty();
        assertThat(world.listed("cif/" + nowhere)).contains("case unmapped-code");
        assertThat(world.casesOf("cif", somewhere)).hasSize(1);
    }

    @Test
    void d03_a_linked_client_still_updates_its_state_and_the_new_services_of_its_ngo() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        world.sync();
        assertThat(world.oscar.checks().client("cif", slug).externalId()).isNotEmpty();
        world.ngo("cif").referToMinistry(slug, Outward.of("medium", "Trauma counselling"));
        world.ngo("cif").accept(slug);
        world.sync();

        assertThat(caseOf(slug).path("oscar_status").asText()).isEqualTo("Accepted");
        assertThat(subtypes(slug)).containsExactly("family_based_care_kinship", "counselling_trauma");
    }

    @Test
    void d16_the_level_of_risk_arrives_and_an_assessment_made_in_primero_is_kept() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        assertThat(caseOf(slug).path("risk_level").asText()).isEqualTo("medium");
        edit(slug, Map.of("risk_level", "low"));
        world.ngo("cif").editClient(slug, form -> form.reason("Edited"));
        world.syncInFull();

        assertThat(caseOf(slug).path("risk_level").asText()).isEqualTo("low");
    }

    @Test
    void d17_a_reassigned_case_keeps_its_new_owner() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        world.worker().setOwner(id(caseOf(slug)), "mgrpnh");
        world.ngo("cif").editClient(slug, form -> form.reason("Edited"));
        world.syncInFull();

        assertThat(owner(slug)).isEqualTo("mgrpnh");
    }

    @Test
    void d18_withdrawn_consent_is_not_set_again() {
        String slug = world.referredClient("cif", "Kinship care");
        String shared = world.ngo("cif").newClient(child());
        world.sync();
        assertThat(caseOf(slug).path("consent_for_services").asBoolean())
                .as("there is a consent form")
                .isTrue();
        assertThat(caseOf(shared).path("consent_for_services").asBoolean())
                .as("there is none")
                .isFalse();
        world.worker().withdrawConsent(id(caseOf(slug)));
        world.ngo("cif").editClient(slug, form -> form.reason("Edited"));
        world.syncInFull();

        assertThat(caseOf(slug).path("consent_for_services").asBoolean()).isFalse();
        assertThat(caseOf(slug).path("disclosure_other_orgs").asBoolean()).isFalse();
    }

    @Test
    void d22_a_service_with_an_unknown_name_is_parked_and_the_case_is_saved() {
        String slug = world.referredClient("cif", "Kinship care");
        world.oscar.admin("cif").addService("Something new", "0f0f0f0f-0000-4000-8000-000000000022", "Other");
        world.ngo("cif").referToMinistry(slug, Outward.of("medium", "Something new"));
        world.sync();

        assertThat(subtypes(slug)).containsExactly("family_based_care_kinship");
        assertThat(world.listed("cif/" + slug)).containsExactly("service unmapped-code");
    }

    @Test
    void d26_a_client_without_ids_is_not_searched_and_changes_no_case() {
        int cases = world.primero.caseCount();
        long writes = world.primero.effectiveWrites();
        world.feedIs(client("d26-1").putNull("global_id").putNull("external_id"));
        world.primero.calls().clear();
        world.sync();

        assertThat(world.primero.caseCount()).isEqualTo(cases);
        assertThat(world.primero.effectiveWrites()).isEqualTo(writes);
        assertThat(world.primero.calls().list("GET", Living.CASES)).allSatisfy(call -> assertThat(call.query())
                .as("no question with a blank key")
                .doesNotContainEntry("case_id", List.of(""))
                .doesNotContainEntry("oscar_number", List.of("")));
        assertThat(world.listed("cif/d26-1")).contains("read no-key");
    }

    @Test
    void d27_two_cases_with_one_number_or_one_case_id_are_left_to_a_person() {
        String slug = world.ngo("cif").newClient(child());
        String number = world.oscar.checks().client("cif", slug).globalId();
        List<String> counterparts =
                List.of(world.imported(Map.of("oscar_number", number)), world.imported(Map.of("oscar_number", number)));
        String named = "cccccccc-0000-4000-8000-000000000027";
        String other = world.ngo("cif").newClient(child().externalId(named, "0000027"));
        List<String> namesakes = List.of(world.imported(Map.of()), world.imported(Map.of()));
        ObjectNode both = Json.object();
        ArrayNode data = both.putArray("data");
        namesakes.forEach(id -> data.add(world.theCase(id).put("case_id", named)));
        both.putObject("metadata").put("total", 2).put("per", 20).put("page", 1);
        Faults.Rule twice = world.primero
                .faults()
                .times(
                        2,
                        request ->
                                request.query("case_id").filter(named::equals).isPresent(),
                        Fault.answer("twice", Reply.json(200, both)));
        world.sync();
        twice.remove();

        assertThat(world.listed("cif/" + slug)).contains("read two-cases");
        assertThat(world.listed("cif/" + other)).contains("read two-cases");
        assertThat(counterparts).allSatisfy(counterpart -> assertThat(world.primero.writesTo(counterpart))
                .noneMatch(CasesFromNgosTest::byTandem));
        assertThat(namesakes)
                .allSatisfy(one -> assertThat(world.primero.writesTo(one)).noneMatch(CasesFromNgosTest::byTandem));
    }

    @Test
    void d28_no_case_is_created_for_an_id_that_primero_does_not_have() {
        int cases = world.primero.caseCount();
        String slug = world.ngo("cif").newClient(child().externalId("cccccccc-0000-4000-8000-000000000028", "0000028"));
        world.sync();

        assertThat(world.primero.caseCount()).isEqualTo(cases);
        assertThat(world.listed("cif/" + slug)).contains("read case-not-found");
    }

    @Test
    void d29_an_existing_case_is_updated_and_not_created_again_while_the_link_is_pending() {
        String slug = world.ngo("cif").newClient(child());
        String number = world.oscar.checks().client("cif", slug).globalId();
        String there = world.imported(Map.of("oscar_number", number, "oscar_short_id", slug));
        world.sync();

        assertThat(world.casesOf("cif", slug)).extracting(CasesFromNgosTest::id).containsExactly(there);
        world.sync();
        assertThat(world.oscar.checks().client("cif", slug).externalId())
                .isEqualTo(world.theCase(there).path("case_id").asText());
    }

    @Test
    void d36_the_address_of_the_child_decides_the_owner_before_that_of_the_office() {
        JsonNode made = Mapped.by(
                "oscar-to-primero/case",
                create(client("d36-1")
                        .put("location_current_village_code", "")
                        .put("address_current_village_code", "19020105")
                        .put("organization_address_code", "1204")));

        assertThat(made.path("fields").path("owned_by").asText()).isEqualTo("mgrstg");
    }

    @Test
    void d38_the_reason_of_a_new_referral_is_written_on_its_own_row_only() {
        String slug = world.ngo("cif").newClient(child());
        world.ngo("cif").referToMinistry(slug, new Outward("Reason one", "medium", List.of("Kinship care"), List.of()));
        world.sync();
        world.ngo("cif")
                .referToMinistry(slug, new Outward("Reason two", "medium", List.of("Trauma counselling"), List.of()));
        world.sync();
        world.syncInFull();

        assertThat(caseOf(slug).path("services_section"))
                .extracting(row -> row.path("referral_notes_from_oscar_2e787b8").asText())
                .containsExactly("Reason one", "Reason two");
    }

    @Test
    void d40_only_blank_rows_from_an_ngo_become_pending_and_only_once() {
        String slug = world.ngo("cif").newClient(child());
        int number = world.ngo("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
        ObjectNode blank = Json.object()
                .put("unique_id", "1a1accbd-90a9-4c71-a077-2595322744cb")
                .put("service_type", "family_based_care")
                .put("service_response_type", "referral_from_oscar")
                .put("service_implementing_agency", "agency-cif")
                .put("oscar_referring_organization", "agency-cif")
                .put("oscar_referral_id_a4ac8a5", String.valueOf(number));
        blank.putArray("service_subtype").add("family_based_care_kinship");
        ObjectNode internal = Json.object()
                .put("unique_id", Living.newId())
                .put("service_type", "counselling")
                .put("service_response_type", "care_plan");
        String id = world.imported(
                Map.of("oscar_number", world.oscar.checks().client("cif", slug).globalId()), blank, internal);
        world.sync();
        world.sync();
        long writes = world.primero.writesTo(id).size();
        world.syncInFull();

        assertThat(world.rows(id).get(0).path("referral_status_edf41f2").asText())
                .isEqualTo("pending_310366");
        assertThat(world.rows(id).get(1).path("referral_status_edf41f2").asText())
                .isEmpty();
        assertThat(world.primero.writesTo(id)).as("not written again").hasSize((int) writes);
    }

    @Test
    void d41_a_blank_value_from_oscar_erases_nothing() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        edit(slug, Map.of("mosvy_number", "0012"));
        String worker = caseOf(slug)
                .path("services_section")
                .get(0)
                .path("oscar_case_worker_name")
                .asText();
        world.ngo("cif").editClient(slug, form -> form.mosvyNumber("").workers());
        world.syncInFull();

        assertThat(caseOf(slug).path("mosvy_number").asText()).isEqualTo("0012");
        assertThat(worker).isNotEmpty();
        assertThat(caseOf(slug)
                        .path("services_section")
                        .get(0)
                        .path("oscar_case_worker_name")
                        .asText())
                .isEqualTo(worker);
    }

    @Test
    void d42_an_age_is_counted_in_full_years_and_an_invalid_date_is_parked() {
        String grown = world.referredClient("cif", "Kinship care", child().born("1990-01-01"));
        String odd = world.referredClient("cif", "Kinship care", child().born("2014-02-31"));
        world.sync();

        assertThat(caseOf(grown).path("age").asInt()).isGreaterThanOrEqualTo(35);
        assertThat(world.casesOf("cif", odd)).isEmpty();
        assertThat(world.listed("cif/" + odd)).contains("case not-a-date");
    }

    @Test
    void d43_a_service_referred_again_gets_a_row_of_its_own() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        world.ngo("cif").referToMinistry(slug, Outward.of("medium", "Kinship care"));
        world.sync();
        world.syncInFull();

        assertThat(subtypes(slug)).containsExactly("family_based_care_kinship", "family_based_care_kinship");
        assertThat(caseOf(slug).path("services_section"))
                .extracting(row -> row.path("unique_id").asText())
                .doesNotHaveDuplicates();
    }

    @Test
    void d44_a_service_without_an_id_creates_one_row_only() {
        world.oscar.admin("eao").removeService("Family preservation");
        world.oscar.admin("eao").addService("Family preservation", "", "Family Based Care");
        String slug = world.referredClient("eao", "Family preservation");
        world.sync();
        world.syncInFull();
        world.ngo("eao").editClient(slug, form -> form.reason("Edited"));
        world.syncInFull();

        assertThat(world.caseOf("eao", slug).path("services_section")).hasSize(1);
    }

    @Test
    void d45_a_name_does_not_grow_with_each_exchange() {
        JsonNode once = name("X", "X");
        JsonNode again = name("X", "X (Y)");

        assertThat(once.asText()).isEqualTo("X");
        assertThat(again.asText()).isEqualTo("X (Y)");
        assertThat(name("X", "Y").asText()).isEqualTo("X (Y)");
    }

    @Test
    void d48_the_text_true_counts_as_true_everywhere() {
        ObjectNode asText = client("d48-1");
        asText.put("is_referred", "true");

        assertThat(Mapped.by("oscar-to-primero/case", create(asText)))
                .isEqualTo(Mapped.by("oscar-to-primero/case", create(client("d48-1"))));
    }

    @Test
    void d49_a_client_without_services_does_not_end_the_run() {
        world.feedIs(
                client("d49-1").put("global_id", "01SYNTHETIC0000000000D4900").putNull("services"),
                client("d49-2").put("global_id", "01SYNTHETIC0000000000D4901"));
        world.sync();

        assertThat(world.primero.caseByOscarNumber("01SYNTHETIC0000000000D4900"))
                .hasSize(1);
        assertThat(world.primero.caseByOscarNumber("01SYNTHETIC0000000000D4901"))
                .hasSize(1);
    }

    @Test
    void d57_a_client_without_a_primero_id_is_sent_without_one_and_not_with_null() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();

        assertThat(world.sent("POST", Living.CASES, slug)).singleElement().satisfies(body -> {
            assertThat(body.path("data").has("case_id")).isFalse();
            assertThat(body.path("data").has("case_id_display")).isFalse();
        });
        assertThat(caseOf(slug).path("case_id").asText()).isNotEmpty();
    }

    private static boolean byTandem(Write write) {
        return "tandem".equals(write.user());
    }

    private static JsonNode name(String local, String given) {
        return Mapped.by(
                        "oscar-to-primero/case",
                        create(client("d45-1").put("local_given_name", local).put("given_name", given)))
                .path("fields")
                .path("name_first");
    }

    private static ObjectNode create(ObjectNode client) {
        ObjectNode input = Json.object()
                .put("mode", "create")
                .put("first", true)
                .put("new_referral", true)
                .put("today", "2026-03-10");
        input.set("client", client);
        return input;
    }

    /** A client as the feed shows one that was referred to Primero. */
    private static ObjectNode client(String slug) {
        ObjectNode client = Json.of(Map.of(
                "slug", slug,
                "global_id", "01SYNTHETIC000000000000000",
                "given_name", "Sample",
                "family_name", "Example",
                "gender", "female",
                "date_of_birth", "2014-09-08",
                "location_current_village_code", "19020105",
                "organization_name", "cif",
                "status", "Referred",
                "is_referred", true));
        client.put("level_of_risk", "medium").putArray("services");
        return client;
    }

    private static void edit(String slug, Map<String, ?> fields) {
        world.worker().edit(id(caseOf(slug)), fields);
    }

    private static ObjectNode caseOf(String slug) {
        return world.caseOf("cif", slug);
    }

    private static String owner(String slug) {
        return caseOf(slug).path("owned_by").asText();
    }

    private static List<String> subtypes(String slug) {
        List<String> subtypes = new ArrayList<>();
        caseOf(slug)
                .path("services_section")
                .forEach(row -> subtypes.add(row.path("service_subtype").path(0).asText()));
        return subtypes;
    }

    private static String id(JsonNode theCase) {
        return theCase.path("id").asText();
    }
}
