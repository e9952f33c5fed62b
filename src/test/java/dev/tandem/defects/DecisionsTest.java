package dev.tandem.defects;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import dev.tandem.sandbox.oscar.ReferralFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the present integration gets wrong about decisions, in both directions (mapping-facts 6), done right. */
class DecisionsTest {
    private static final String ACCEPTED = "accepted_340953";
    private static final String REJECTED = "rejected_936484";
    private static final String PENDING = "pending_310366";

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
    void d02_a_decision_is_sent_once_and_later_answers_of_the_ngo_are_not_overwritten() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        String child = id(world.caseOf("cif", slug));
        JsonNode row = world.rows(child).get(0);
        int number = row.path("oscar_referral_id_a4ac8a5").asInt();
        world.worker().acceptFromOscar(child, row.path("unique_id").asText());
        world.sync();
        assertThat(world.oscar.checks().referral("cif", number).status()).isEqualTo("Accepted");

        world.decide("cif", number, "Exited");
        world.worker().edit(child, Map.of("name_first", "Touched"));
        world.sync();
        world.worker().edit(child, Map.of("name_first", "Touched again"));
        world.syncInFull();

        assertThat(world.oscar.checks().referral("cif", number).status()).isEqualTo("Exited");
        assertThat(statusesOf(child)).hasSize(1);
        assertThat(world.listed(child)).containsExactly("conflict conflict");
    }

    @Test
    void d19_an_enrolment_decides_no_referral() {
        world.oscar.admin("kmr").addProgram("Example programme", "Trauma counselling");
        String child = world.newCase();
        String row = world.refer(child, "counselling_trauma", "kmr");
        world.sync();
        String slug = world.takeUp("kmr", child);
        // The client is linked, known and busy with other things when it comes to be enrolled.
        world.sync();
        String second = world.refer(child, "counselling_trauma", "kmr");
        world.ngo("kmr").enrol(slug, "Example programme");
        world.sync();

        assertThat(world.status(child, second)).isEqualTo(PENDING);
        assertThat(world.referralStatus(child, second)).isEqualTo("in_progress");
        assertThat(world.rows(child)).as("the enrolment has a row of its own").hasSize(3);
        assertThat(world.row(child, row).path("service_response_type").asText()).isEqualTo("referral_to_oscar");
    }

    @Test
    void d20_a_decision_is_matched_to_its_row_by_number_and_ngo() {
        String child = world.newCase();
        String first = world.refer(child, "counselling_trauma", "mho");
        String second = world.refer(child, "counselling_trauma", "msl");
        world.sync();
        assertThat(world.idOf("mho", child)).as("numbers repeat between NGOs").isEqualTo(world.idOf("msl", child));
        world.takeUp("mho", child);
        world.takeUp("msl", child);
        world.decide("msl", world.idOf("msl", child), "Accepted");
        world.sync();

        assertThat(world.status(child, first)).isEqualTo(PENDING);
        assertThat(world.referralStatus(child, first)).isEqualTo("in_progress");
        assertThat(world.status(child, second)).isEqualTo(ACCEPTED);
        assertThat(world.referralStatus(child, second)).isEqualTo("accepted");
    }

    @Test
    void d21_two_referrals_of_one_service_each_get_their_own_decision() {
        String child = world.newCase();
        String blank = world.refer(child, "", "cif");
        String first = world.refer(child, "counselling_trauma", "cif");
        String second = world.refer(child, "counselling_trauma", "cif");
        world.sync();
        List<Integer> numbers = world.arrived("cif", child).stream()
                .filter(referral -> referral.services().equals(List.of("Trauma counselling")))
                .map(ReferralFacts::id)
                .toList();
        world.takeUp("cif", child);
        world.decide("cif", numbers.get(0), "Exited");
        world.decide("cif", numbers.get(1), "Accepted");
        world.sync();

        assertThat(world.status(child, first)).isEqualTo(REJECTED);
        assertThat(world.referralStatus(child, first)).isEqualTo("rejected");
        assertThat(world.status(child, second)).isEqualTo(ACCEPTED);
        assertThat(world.referralStatus(child, second)).isEqualTo("accepted");
        assertThat(world.status(child, blank)).as("no decision was made of it").isEqualTo(PENDING);
    }

    @Test
    void d23_a_decision_that_matches_no_row_is_listed_and_not_dropped() {
        String child = world.newCase();
        String row = world.refer(child, "counselling_trauma", "cif");
        world.sync();
        String slug = world.takeUp("cif", child);
        world.worker().deleteService(child, row);
        world.decide("cif", world.idOf("cif", child), "Accepted");
        world.sync();

        assertThat(world.listed("cif/" + slug)).containsExactly("decision row-gone");
    }

    @Test
    void d24_no_referral_is_written_before_the_ngo_decides() {
        String child = world.newCase();
        String row = world.refer(child, "counselling_trauma", "cif");
        world.sync();
        world.takeUp("cif", child);
        world.sync();
        world.syncInFull();

        assertThat(world.sent("PATCH", Living.A_REFERRAL, child)).isEmpty();
        assertThat(world.referralStatus(child, row)).isEqualTo("in_progress");
    }

    @Test
    void d25_a_decision_without_a_valid_number_is_parked_and_never_sent_under_another_number() {
        String slug = world.referredClient("cif", "Kinship care");
        world.sync();
        String child = id(world.caseOf("cif", slug));
        JsonNode good = world.rows(child).get(0);
        for (String number : List.of("7x", "")) {
            world.worker()
                    .addService(
                            child,
                            Map.of(
                                    "service_response_type", "referral_from_oscar",
                                    "service_type", "counselling",
                                    "service_subtype", List.of("counselling_trauma"),
                                    "service_implementing_agency", "agency-cif",
                                    "oscar_referring_organization", "agency-cif",
                                    "oscar_referral_id_a4ac8a5", number,
                                    "referral_status_edf41f2", ACCEPTED));
        }
        world.worker().acceptFromOscar(child, good.path("unique_id").asText());
        world.sync();

        assertThat(statusesOf(child))
                .extracting(decision -> decision.path("referral_id").asText())
                .containsExactly(good.path("oscar_referral_id_a4ac8a5").asText());
        assertThat(world.listed(child)).containsExactly("decision not-digits", "decision not-digits");
    }

    @Test
    void d31_each_decision_is_sent_by_itself_and_a_refused_one_does_not_affect_the_others() {
        String slug =
                world.ngo("cif").newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        List<Integer> referrals = List.of(
                world.ngo("cif").referToMinistry(slug, Outward.of("medium", "Kinship care")),
                world.ngo("cif").referToMinistry(slug, Outward.of("medium", "Trauma counselling")));
        world.sync();
        String child = id(world.caseOf("cif", slug));
        world.rows(child).forEach(row -> world.worker()
                .acceptFromOscar(child, row.path("unique_id").asText()));
        world.oscar.faults().next("PUT", Living.STATUSES, Fault.refusal(422));
        world.sync();

        assertThat(referrals)
                .extracting(
                        number -> world.oscar.checks().referral("cif", number).status())
                .containsExactly("Referred", "Accepted");
        assertThat(world.listed(child)).containsExactly("decision http-422");
        assertThat(world.sent("PUT", Living.STATUSES, caseId(child)))
                .allSatisfy(body -> assertThat(body.path("data")).hasSize(1));
    }

    @Test
    void d39_a_decision_does_not_change_the_type_subtype_agency_or_notes_of_the_row() {
        String child = world.newCase();
        String row = world.refer(child, "counselling_trauma", "cif");
        world.worker().editService(child, row, Map.of("service_referral_notes", "Note of the row"));
        world.sync();
        JsonNode before = world.row(child, row);
        world.takeUp("cif", child);
        world.decide("cif", world.idOf("cif", child), "Accepted");
        world.sync();

        assertThat(world.status(child, row)).isEqualTo(ACCEPTED);
        assertThat(List.of(
                        "service_type",
                        "service_subtype",
                        "service_response_type",
                        "service_implementing_agency",
                        "service_referral_notes"))
                .allSatisfy(
                        field -> assertThat(world.row(child, row).get(field)).isEqualTo(before.get(field)));
    }

    @Test
    void d11_a_disability_service_does_not_come_back_as_a_mental_health_service() {
        String child = world.newCase();
        String row = world.refer(child, "disability_support_therapeutic_training", "cif");
        world.sync();
        world.takeUp("cif", child);
        world.decide("cif", world.idOf("cif", child), "Accepted");
        world.sync();

        assertThat(world.status(child, row)).isEqualTo(ACCEPTED);
        assertThat(world.row(child, row).path("service_subtype").path(0).asText())
                .isEqualTo("disability_support_therapeutic_training");
        assertThat(world.rows(child)).hasSize(1);
    }

    @Test
    void d55_an_exit_after_the_acceptance_does_not_reject_an_accepted_referral() {
        String child = world.newCase();
        String row = world.refer(child, "counselling_trauma", "cif");
        world.sync();
        String slug = world.takeUp("cif", child);
        int number = world.idOf("cif", child);
        world.decide("cif", number, "Accepted");
        world.sync();
        world.decide("cif", number, "Exited");
        world.ngo("cif").exit(slug);
        world.sync();

        assertThat(world.status(child, row)).isEqualTo(ACCEPTED);
        assertThat(world.referralStatus(child, row)).isEqualTo("accepted");
        assertThat(world.theCase(child).path("oscar_status").asText()).isEqualTo("Exited");
    }

    @Test
    void d61_two_ngos_with_the_same_child_each_get_their_answer_and_the_oscar_number_stays() {
        String child = world.newCase();
        String first = world.refer(child, "counselling_trauma", "cwd");
        world.sync();
        String slug = world.takeUp("cwd", child);
        world.sync();
        String second = world.refer(child, "counselling_family", "css");
        world.sync();
        world.takeUp("css", child);
        String number = world.theCase(child).path("oscar_number").asText();
        world.decide("cwd", world.idOf("cwd", child), "Exited");
        world.decide("css", world.idOf("css", child), "Accepted");
        world.sync();
        world.syncInFull();

        assertThat(world.status(child, first)).isEqualTo(REJECTED);
        assertThat(world.status(child, second)).isEqualTo(ACCEPTED);
        assertThat(world.theCase(child).path("oscar_number").asText()).isEqualTo(number);
        assertThat(world.theCase(child).path("oscar_short_id").asText()).isEqualTo(slug);
    }

    private static List<JsonNode> statusesOf(String child) {
        return world.sent("PUT", Living.STATUSES, caseId(child)).stream()
                .map(body -> body.path("data").path(0))
                .toList();
    }

    private static String caseId(String child) {
        return world.theCase(child).path("case_id").asText();
    }

    private static String id(JsonNode theCase) {
        return theCase.path("id").asText();
    }
}
