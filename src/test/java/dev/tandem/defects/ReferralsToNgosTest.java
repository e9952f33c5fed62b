package dev.tandem.defects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.endtoend.Children;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the present integration gets wrong on the way of a referral to an NGO (mapping-facts 6), done right. */
class ReferralsToNgosTest {
    private static Living world;

    @BeforeAll
    static void start(@TempDir Path directory) {
        world = new Living(directory);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void d01_the_ids_of_a_child_reach_primero_as_soon_as_the_ngo_has_the_child() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.sync();
        String slug = world.takeUp("cif", child);
        world.sync();

        assertThat(world.theCase(child).path("oscar_short_id").asText()).isEqualTo(slug);
        assertThat(world.theCase(child).path("oscar_number").asText())
                .isEqualTo(world.oscar.checks().client("cif", slug).globalId());
    }

    @Test
    void d12_each_referral_carries_its_own_note() {
        String child = world.newCase();
        String one = world.refer(child, "counselling_trauma", "cif", "Note one");
        String two = world.refer(child, "counselling_family", "cif", "Note two");
        world.sync();

        Map<String, String> notes = new HashMap<>();
        world.upserts(child)
                .forEach(body -> notes.put(
                        body.path("services").get(0).path("uuid").asText(),
                        body.path("reason_for_referral").asText()));
        assertThat(notes).isEqualTo(Map.of(one, "Note one", two, "Note two"));
    }

    @Test
    void d13_a_referral_without_a_note_carries_the_note_of_its_row() {
        String child = world.newCase();
        Map<String, Object> fields = new HashMap<>(Children.referral("counselling_trauma", "agency-cif"));
        fields.put("service_referral_notes", "Note of the row");
        String row = world.worker().addService(child, fields);
        world.worker().refer(child, row, "agency-cif-user", "");
        world.sync();

        assertThat(world.upserts(child))
                .extracting(body -> body.path("reason_for_referral").asText())
                .containsExactly("Note of the row");
    }

    @Test
    void d14_each_row_goes_to_its_own_ngo() {
        String child = world.imported(
                Map.of(),
                Json.of(Children.referral("counselling_family", "agency-tpo"))
                        .put("unique_id", Living.newId())
                        .put("service_response_type", "referral_from_oscar")
                        .put("oscar_referring_organization", "agency-tpo")
                        .put("oscar_referral_id_a4ac8a5", "77"));
        world.refer(child, "counselling_trauma", "cif");
        world.refer(child, "counselling_generalist", "gpc");
        world.sync();

        assertThat(world.arrived("cif", child))
                .extracting(ReferralFacts::services)
                .containsExactly(List.of("Trauma counselling"));
        assertThat(world.arrived("gpc", child))
                .extracting(ReferralFacts::services)
                .containsExactly(List.of("Generalist counselling"));
        assertThat(world.arrived("tpo", child)).isEmpty();
    }

    @Test
    void d15_an_unlisted_agency_is_parked_and_its_name_is_never_cut_into_an_ngo_name() {
        String row = Living.newId();
        // Cut after seven letters, it would read "cif".
        String child = world.imported(
                Map.of(),
                Living.row(row, "counselling_trauma", "cif").put("service_implementing_agency", "helpingcif"));
        world.worker().refer(child, row, "agency-cif-user", "Example note");
        world.sync();

        assertThat(world.upserts(child)).isEmpty();
        assertThat(world.listed(child)).containsExactly("referral unmapped-code");
    }

    @Test
    void d33_a_row_without_a_type_is_sent_and_not_dropped() {
        String row = Living.newId();
        String child = world.imported(
                Map.of(), Living.row(row, "counselling_trauma", "cif").without("service_type"));
        world.worker().refer(child, row, "agency-cif-user", "Example note");
        world.sync();

        assertThat(world.arrived("cif", child))
                .extracting(ReferralFacts::services)
                .containsExactly(List.of("Trauma counselling"));
    }

    @Test
    void d34_a_row_without_a_subtype_is_sent_as_not_specified() {
        String absent = Living.newId();
        String blank = Living.newId();
        String child = world.imported(
                Map.of(),
                Living.row(absent, "", "cif").without("service_subtype"),
                Living.row(blank, "", "cif").putNull("service_subtype"));
        world.worker().refer(child, absent, "agency-cif-user", "Example note");
        world.worker().refer(child, blank, "agency-cif-user", "Example note");
        world.sync();

        assertThat(world.arrived("cif", child))
                .extracting(ReferralFacts::services)
                .containsExactly(List.of("Not Specified"), List.of("Not Specified"));
    }

    @Test
    void d35_a_location_given_as_a_number_gets_its_leading_zero_back_and_nan_is_not_written() {
        String row = Living.newId();
        String child =
                world.imported(Map.of("location_current", 1020304), Living.row(row, "counselling_trauma", "cif"));
        world.worker().refer(child, row, "agency-cif-user", "Example note");
        String odd = world.referredClient(
                "cif", "Kinship care", ClientForm.named("Srey", "Sample").livesAt("abcd"));
        world.sync();

        assertThat(world.upserts(child))
                .extracting(body -> body.path("location_current_village_code").asText())
                .containsExactly("01020304");
        assertThat(world.casesOf("cif", odd)).isEmpty();
        assertThat(world.listed("cif/" + odd)).contains("case not-digits");
    }

    @Test
    void d37_a_referral_inside_the_government_does_not_leave_it() {
        String child = world.newCase();
        Map<String, Object> inside = new HashMap<>(Children.referral("counselling_family", "agency-mosvy"));
        inside.put("service_response_type", "care_plan");
        String row = world.worker().addService(child, inside);
        world.worker().refer(child, row, "mgrbmc", "Internal");
        world.refer(child, "counselling_trauma", "cif");
        world.sync();

        assertThat(world.upserts(child))
                .extracting(body -> body.path("services").get(0).path("name").asText())
                .containsExactly("Trauma counselling");
    }

    @Test
    void d47_a_row_without_an_agency_and_a_client_of_an_unlisted_ngo_are_parked_and_hold_up_no_other() {
        String row = Living.newId();
        String child = world.imported(
                Map.of(), Living.row(row, "counselling_trauma", "cif").without("service_implementing_agency"));
        world.worker().refer(child, row, "agency-cif-user", "Example note");
        String fine = world.refer(child, "counselling_family", "cif");
        world.oscar.addTenant("newngo");
        String unlisted = world.ngo("newngo").newClient(ClientForm.named("Srey", "Sample"));
        world.sync();

        assertThat(world.upserts(child))
                .extracting(body -> body.path("services").get(0).path("uuid").asText())
                .containsExactly(fine);
        assertThat(world.listed(child)).containsExactly("referral unmapped-code");
        assertThat(world.casesOf("newngo", unlisted)).isEmpty();
        assertThat(world.listed("newngo/" + unlisted)).contains("case unmapped-code");
    }

    @Test
    void d50_a_disabled_case_is_not_sent() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.worker().disable(child);
        world.sync();
        assertThat(world.arrived("cif", child)).isEmpty();

        world.worker().enable(child);
        world.sync();
        assertThat(world.arrived("cif", child)).hasSize(1);
    }

    @Test
    void d51_a_replay_of_everything_duplicates_no_referral() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.sync();
        world.worker().edit(child, Map.of("name_first", "Changed"));
        world.syncInFull();
        world.syncInFull();

        assertThat(world.arrived("cif", child)).hasSize(1);
    }

    @Test
    void d53_a_referral_without_a_service_is_parked_and_matches_no_row() {
        // As an import may leave it: a row without an id.
        String child = world.imported(Map.of(), Living.row("", "counselling_trauma", "cif"));
        world.worker().referWithoutService(child, "agency-cif-user", "Example note");
        world.sync();

        assertThat(world.upserts(child)).isEmpty();
        assertThat(world.listed(child)).containsExactly("referral no-service");
    }

    @Test
    void d54_no_status_is_sent_along_with_a_referral() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.sync();

        assertThat(world.upserts(child)).singleElement().satisfies(body -> assertThat(body.has("referral_status"))
                .isFalse());
    }

    @Test
    void d58_the_ids_come_in_before_the_next_referral_goes_out() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.sync();
        String slug = world.takeUp("cif", child);
        String second = world.refer(child, "counselling_family", "cif");
        world.sync();

        String number = world.oscar.checks().client("cif", slug).globalId();
        assertThat(world.arrived("cif", child)).hasSize(2);
        JsonNode body = world.upserts(child).get(1);
        assertThat(body.path("services").get(0).path("uuid").asText()).isEqualTo(second);
        assertThat(body.path("global_id").asText()).isEqualTo(number);
        assertThat(world.theCase(child).path("oscar_number").asText()).isEqualTo(number);
    }

    @Test
    void d59_a_second_ngo_gets_its_referral() {
        String child = world.newCase();
        world.refer(child, "counselling_trauma", "cif");
        world.sync();
        world.takeUp("cif", child);
        world.sync();
        assertThat(world.theCase(child).path("oscar_number").asText()).isNotEmpty();
        world.refer(child, "counselling_family", "gpc");
        world.sync();

        assertThat(world.arrived("gpc", child)).hasSize(1);
        JsonNode body = world.upserts(child).get(1);
        assertThat(body.path("organization_name").asText()).isEqualTo("gpc");
        assertThat(body.has("global_id")).isFalse();
    }

    @Test
    void d30_one_bad_record_does_not_hold_up_the_others_in_either_direction() {
        String before = world.newCase();
        world.refer(before, "counselling_trauma", "cif");
        String bad = world.imported(Map.of("risk_level", "unheard-of"), Living.row("d30", "counselling_trauma", "cif"));
        world.worker().refer(bad, "d30", "agency-cif-user", "Example note");
        String after = world.newCase();
        world.refer(after, "counselling_trauma", "cif");
        String good = world.referredClient("cif", "Kinship care");
        String nowhere = world.referredClient(
                "cif", "Kinship care", ClientForm.named("Srey", "Sample").livesAt("99020105"));
        String alsoGood = world.referredClient("cif", "Kinship care");
        world.oscar.faults().next("POST", Living.UPSERT, Fault.html(502));
        world.sync();

        assertThat(List.of(
                        world.arrived("cif", before).size(),
                        world.arrived("cif", bad).size(),
                        world.arrived("cif", after).size()))
                .containsExactly(1, 0, 1);
        assertThat(world.listed(bad)).containsExactly("referral unmapped-code");
        assertThat(List.of(
                        world.casesOf("cif", good).size(),
                        world.casesOf("cif", nowhere).size(),
                        world.casesOf("cif", alsoGood).size()))
                .containsExactly(1, 0, 1);
        assertThat(world.listed("cif/" + nowhere)).contains("case unmapped-code");
    }
}
