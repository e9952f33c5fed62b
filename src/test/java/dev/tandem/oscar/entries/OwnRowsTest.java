package dev.tandem.oscar.entries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.tandem.json.NameBasedId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Mapping-facts 3.4: the row of an entry that is the NGO's own. */
class OwnRowsTest {
    private static final String GLOBAL_ID = "01SYNTHETIC00000000000000E";

    private static String named(int referralId) {
        return NameBasedId.ofReferralRow(GLOBAL_ID, "cif", "" + referralId, Scene.UUID, Scene.TRAUMA);
    }

    private static String named(String program) {
        return NameBasedId.ofProgramRow(GLOBAL_ID, "cif", program, Scene.UUID, Scene.TRAUMA);
    }

    private static final String PROVIDED =
            "{\"service_response_type\":\"service_being_provided_by_oscar_partner_47618\"}";

    @Test
    void the_row_that_the_ledger_ties_is_the_row_whatever_it_says_by_now() {
        Scene scene = Scene.linked()
                .rowToOscar("f1", PROVIDED)
                .made("cif:Example programme:" + Scene.UUID, "f1")
                .enrolment("Example programme", "2026-03-01");
        assertThat(scene.matched()).containsExactly("Example programme:row:f1");
        assertThat(scene.match().newMatches()).isEmpty();
    }

    @Test
    void a_row_that_was_chosen_but_is_not_there_yet_is_made_under_the_same_id() {
        Scene scene = Scene.referredByTheNgo()
                .made("cif:12:" + Scene.UUID, "f1")
                .referralEntry(12, "Referred")
                .referralEntry(13, "Referred");
        assertThat(scene.matched()).containsExactly("12:row-new:f1", "13:row-new:" + Scene.UUID);
    }

    @Test
    void a_referral_finds_its_row_by_id_ngo_and_subtype() {
        Scene scene = Scene.referredByTheNgo().rowFromOscar("f1", "12").referralEntry(12, "Referred");
        assertThat(scene.matched()).containsExactly("12:row:f1");
        assertThat(scene.match().newMatches())
                .containsExactly(new KnownMatch("cif:12:" + Scene.UUID, KnownMatch.Role.ROW, "f1", null));
        Scene otherService = Scene.referredByTheNgo()
                .rowFromOscar("f1", "12")
                .referralEntry(12, "Referred", Scene.UUID, "Kinship care");
        assertThat(otherService.matched()).containsExactly("12:row-new:" + Scene.UUID);
    }

    @Test
    void a_doubled_service_name_keeps_the_subtype_that_the_row_has() {
        Scene scene = Scene.referredByTheNgo()
                .rowFromOscar("f1", "12")
                .referralEntry(12, "Referred", Scene.UUID, "Therapeutic training");
        ((ArrayNode) scene.theCase.path("services_section").get(0).path("service_subtype"))
                .removeAll()
                .add("disability_support_therapeutic_training");
        assertThat(scene.matched()).containsExactly("12:row:f1");
    }

    @Test
    void a_row_written_by_the_incumbent_is_adopted_once_and_only_if_it_is_of_that_kind() {
        Scene scene = Scene.linked()
                .rowToOscar(Scene.UUID, PROVIDED)
                .enrolment("Example programme", "2026-03-01")
                .enrolment("Another programme", "2026-03-02");
        assertThat(scene.matched())
                .containsExactly(
                        "Example programme:row:" + Scene.UUID,
                        "Another programme:row-new:" + named("Another programme"));
        Scene otherKind = Scene.linked()
                .rowToOscar(Scene.UUID, "{\"service_response_type\":\"care_plan\"}")
                .enrolment("Example programme", "2026-03-01");
        assertThat(otherKind.matched()).containsExactly("Example programme:row-new:" + named("Example programme"));
    }

    @Test
    void d43_a_second_referral_of_the_same_service_does_not_land_on_the_first_ones_row() {
        Scene scene = Scene.referredByTheNgo()
                .rowFromOscar(Scene.UUID, "12")
                .referralEntry(12, "Referred")
                .referralEntry(13, "Referred");
        assertThat(scene.matched()).containsExactly("12:row:" + Scene.UUID, "13:row-new:" + named(13));
    }

    @Test
    void d43_two_new_entries_of_one_service_do_not_share_the_catalogues_uuid() {
        Scene scene = Scene.referredByTheNgo()
                .referralEntry(12, "Referred")
                .enrolment("Example programme", "2026-03-01")
                .referralEntry(13, "Referred", "00000000-0000-4000-8000-00000000A002", "Kinship care");
        assertThat(scene.matched())
                .containsExactly(
                        "12:row-new:" + named(12),
                        "Example programme:row-new:" + named("Example programme"),
                        "13:row-new:00000000-0000-4000-8000-00000000a002");
    }

    @Test
    void d44_without_uuid_a_row_has_the_same_id_at_each_pass_even_for_a_new_ledger() {
        Scene scene = Scene.referredByTheNgo().referralEntry(12, "Referred", null, Scene.TRAUMA);
        String id = NameBasedId.ofReferralRow(GLOBAL_ID, "cif", "12", "", Scene.TRAUMA);
        MatchedEntry entry = scene.match().entries().get(0);
        assertThat(entry.key()).isEqualTo("cif:12:" + Scene.TRAUMA);
        assertThat(entry.uniqueId()).isEqualTo(id);
        Scene again = Scene.linked().enrolment("Example programme", "2026-03-01");
        again.rowToOscar(named("Example programme"), PROVIDED);
        assertThat(again.matched()).containsExactly("Example programme:row:" + named("Example programme"));
    }

    @Test
    void a_uuid_that_is_none_does_not_become_a_rows_id() {
        Scene scene = Scene.referredByTheNgo().referralEntry(12, "Referred", "catalogue-7", Scene.TRAUMA);
        assertThat(scene.match().entries().get(0).uniqueId())
                .isEqualTo(NameBasedId.ofReferralRow(GLOBAL_ID, "cif", "12", "catalogue-7", Scene.TRAUMA));
    }

    @Test
    void what_the_ledger_has_chosen_for_one_entry_is_no_other_entrys() {
        Scene scene = Scene.referredByTheNgo()
                .made("cif:12:" + Scene.UUID, Scene.UUID)
                .referralEntry(13, "Referred");
        assertThat(scene.matched()).containsExactly("13:row-new:" + named(13));
    }

    @Test
    void the_newest_is_of_the_highest_referral_id_among_the_ngos_own() {
        Scene scene = Scene.referredByTheNgo()
                .referralEntry(9, "Referred")
                .referralEntry(10, "Referred")
                .referralEntry(10, "Referred", "00000000-0000-4000-8000-00000000a002", "Kinship care")
                .enrolment("Example programme", "2026-03-01");
        assertThat(scene.match().entries()).extracting(MatchedEntry::newest).containsExactly(false, true, true, false);
    }

    @Test
    void a_closed_case_is_reopened_by_a_new_referral_and_not_by_a_new_enrolment() {
        Scene scene = Scene.referredByTheNgo()
                .rowToOscar("f1", PROVIDED)
                .made("cif:Known programme:" + Scene.UUID, "f1")
                .enrolment("Known programme", "2026-02-01")
                .enrolment("Example programme", "2026-03-01")
                .referralEntry(12, "Referred");
        scene.theCase.put("status", "closed");
        assertThat(scene.matched())
                .containsExactly(
                        "Known programme:row:f1", "Example programme:parks:case-closed", "12:row-new:" + Scene.UUID);
        assertThat(scene.match().newMatches()).extracting(KnownMatch::entryKey).containsExactly("cif:12:" + Scene.UUID);
    }

    @Test
    void r10_a_new_referral_for_a_disabled_case_parks_and_its_other_rows_are_left_alone() {
        Scene scene = Scene.referredByTheNgo()
                .rowFromOscar("f1", "11")
                .referralEntry(11, "Referred")
                .referralEntry(12, "Referred")
                .enrolment("Example programme", "2026-03-01");
        scene.theCase.put("record_state", false);
        assertThat(scene.matched())
                .containsExactly(
                        "11:nothing:case-disabled",
                        "12:parks:case-disabled",
                        "Example programme:nothing:case-disabled");
    }

    @Test
    void r22_what_was_there_before_us_gets_no_new_row() {
        Scene scene = Scene.referredByTheNgo()
                .enrolment("Old programme", "2025-12-31")
                .enrolment("Example programme", "2026-01-01")
                .referralEntry(12, "Referred")
                .referralEntry(13, "Referred", "00000000-0000-4000-8000-00000000a002", "Kinship care")
                .seen("cif:12:" + Scene.UUID, "2026-01-01T00:30:00Z", "Referred");
        scene.before = new BeforeLedger(Scene.T, true, Instant.parse("2026-01-01T01:00:00Z"));
        assertThat(scene.matched())
                .containsExactly(
                        "Old programme:nothing:baseline",
                        "Example programme:row-new:" + Scene.UUID,
                        "12:nothing:baseline",
                        "13:row-new:00000000-0000-4000-8000-00000000a002");
        scene.before = new BeforeLedger(Scene.T, false, null);
        assertThat(scene.matched()).noneMatch(entry -> entry.endsWith("baseline"));
        scene.before = new BeforeLedger(Scene.T, true, null);
        assertThat(scene.matched()).contains("13:nothing:baseline");
        scene.theCase = null;
        assertThat(scene.matched()).noneMatch(entry -> entry.endsWith("baseline"));
    }

    @Test
    void an_enrolment_date_that_appears_stays_on_the_entrys_row() {
        Scene scene = Scene.referredByTheNgo().rowFromOscar("f1", "12").made("cif:12:" + Scene.UUID, "f1");
        scene.referralEntry(12, "Accepted");
        ((com.fasterxml.jackson.databind.node.ObjectNode) scene.services.get(0)).put("enrollment_date", "2026-03-03");
        assertThat(scene.matched()).containsExactly("12:row:f1");
    }

    @Test
    void a_programme_named_like_a_referral_does_not_take_its_effect() {
        Scene scene = Scene.referredByTheNgo().referralEntry(12, "Referred").enrolment("12", "2026-03-01");
        assertThat(scene.matched()).containsExactly("12:row-new:" + Scene.UUID, "12:parks:key-taken");
    }

    @Test
    void the_order_of_the_feed_does_not_change_the_ids_of_new_rows() {
        Scene one = Scene.referredByTheNgo().referralEntry(12, "Referred").referralEntry(13, "Referred");
        Scene other = Scene.referredByTheNgo().referralEntry(13, "Referred").referralEntry(12, "Referred");
        assertThat(one.matched()).containsExactlyInAnyOrderElementsOf(other.matched());
    }

    @Test
    void referrals_are_read_only_where_an_entry_could_answer_one() {
        Scene scene = Scene.linked().enrolment("Example programme", "2026-03-01");
        assertThat(EntryMatching.needsReferrals(scene.client, scene.theCase)).isFalse();
        scene.referralEntry(30, "Referred");
        assertThat(EntryMatching.needsReferrals(scene.client, scene.theCase)).isFalse();
        scene.rowToOscar("d1", "{}");
        assertThat(EntryMatching.needsReferrals(scene.client, scene.theCase)).isTrue();
        assertThat(EntryMatching.needsReferrals(scene.client, null)).isFalse();
    }
}
