package dev.tandem.oscar.entries;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Mapping-facts 3.5, 4.1 and 4.2: which entries answer which Primero referral, and what they decide. */
class AnswerMatchingTest {
    private static Scene oneSent() {
        return Scene.linked()
                .rowToOscar("d1", "{}")
                .referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z");
    }

    private static Scene oneOfBefore() {
        return Scene.linked().rowToOscar("d1", "{}").referral("r1", "d1", "in_progress", "2025-06-01T08:00:00.000Z");
    }

    @Test
    void referral_ids_are_paired_by_number_and_not_by_their_place_in_the_feed() {
        Scene scene = Scene.linked()
                .rowToOscar("d2", "{}")
                .rowToOscar("d1", "{}")
                .sent("d2", "r2", "2026-03-01T08:11:00Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z")
                .referralEntry(100, "Accepted")
                .referralEntry(99, "Exited");
        assertThat(scene.matched()).containsExactly("100:answer:d2:Accepted", "99:answer:d1:Exited");
    }

    @Test
    void d20_a_referral_of_another_ngo_or_service_is_not_answered() {
        Scene scene = oneSent().referralEntry(30, "Accepted", Scene.UUID, "Kinship care");
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
        scene = oneSent().referralEntry(30, "Accepted");
        scene.client.put("organization_name", "holt");
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
    }

    @Test
    void d20_the_ledgers_link_beats_every_likeness_and_holds_when_the_service_is_renamed() {
        Scene scene = oneSent()
                .rowToOscar("d2", "{}")
                .sent("d2", "r2", "2026-03-01T09:00:00Z")
                .referral("r2", "d2", "in_progress", "2026-03-01T08:30:00.000Z")
                .answers(30, "d2", "r2")
                .referralEntry(30, "Accepted", "00000000-0000-4000-8000-00000000a001", "Kinship care");
        assertThat(scene.matched()).containsExactly("30:answer:d2:r2:Accepted");
        assertThat(scene.match().newMatches()).isEmpty();
    }

    @Test
    void an_entry_seen_before_anything_was_sent_is_no_answer() {
        Scene scene = oneSent()
                .referralEntry(30, "Accepted")
                .seen("cif:30:" + Scene.UUID, "2026-03-01T08:00:00Z", "Referred");
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
    }

    @Test
    void a_sent_referral_has_one_answer_and_one_that_may_be_doubled_has_two_after_all_others() {
        Scene scene = oneSent().referralEntry(30, "Accepted").referralEntry(31, "Accepted");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted", "31:parks:no-match");
        scene = Scene.linked()
                .rowToOscar("d1", "{}")
                .rowToOscar("d2", "{}")
                .sent("d1", "r1", "2026-03-01T08:10:00Z", SentReferral.State.LOST, 2)
                .sent("d2", "r2", "2026-03-01T08:11:00Z")
                .referralEntry(30, "Exited")
                .referralEntry(31, "Referred")
                .referralEntry(32, "Referred")
                .referralEntry(33, "Exited");
        assertThat(scene.matched())
                .containsExactly("30:answer:d2:Exited", "31:answer:d1", "32:answer:d1", "33:parks:no-match");
    }

    @Test
    void of_two_answers_to_one_referral_an_acceptance_wins_and_a_rejection_needs_both() {
        assertThat(twice("Exited", "Accepted").matched())
                .containsExactly("30:answer:d1:r1", "31:answer:d1:r1:Accepted");
        assertThat(twice("Exited", "Referred").matched()).containsExactly("30:answer:d1:r1", "31:answer:d1:r1");
        assertThat(twice("Exited", "Exited").matched()).containsExactly("30:answer:d1:r1:Exited", "31:answer:d1:r1");
    }

    private static Scene twice(String one, String other) {
        return Scene.linked()
                .rowToOscar("d1", "{}")
                .referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z", SentReferral.State.CONFIRMED, 2)
                .referralEntry(30, one)
                .referralEntry(31, other);
    }

    @Test
    void while_a_referral_may_still_arrive_an_entry_of_its_name_waits_in_either_shape() {
        for (Scene scene : new Scene[] {Scene.linked(), Scene.referredByTheNgo()}) {
            scene.rowToOscar("d1", "{}")
                    .sent("d1", "r1", "2026-03-01T08:10:00Z", SentReferral.State.INTENDED, 1)
                    .referralEntry(30, "Accepted")
                    .referralEntry(31, "Referred", Scene.UUID, "Kinship care");
            MatchedEntry waiting = scene.match().entries().get(0);
            assertThat(waiting.as()).isEqualTo(MatchedEntry.As.WAITS);
            assertThat(waiting.reason().waitsFor()).isEqualTo("effect:primero-to-oscar:c1:referral:d1:r1");
            assertThat(scene.match().entries().get(1).as()).isNotEqualTo(MatchedEntry.As.WAITS);
        }
    }

    @Test
    void a_lost_answer_may_have_arrived_and_is_answered() {
        for (SentReferral.State state :
                new SentReferral.State[] {SentReferral.State.UNKNOWN, SentReferral.State.LOST}) {
            Scene scene = Scene.linked()
                    .rowToOscar("d1", "{}")
                    .sent("d1", "r1", "2026-03-01T08:10:00Z", state, 1)
                    .referralEntry(30, "Accepted");
            assertThat(scene.matched()).containsExactly("30:answer:d1:Accepted");
        }
    }

    @Test
    void k1_a_row_from_oscar_sent_on_is_answered_by_a_new_entry_and_keeps_its_own() {
        Scene scene = Scene.linked()
                .rowFromOscar("f1", "12")
                .referral("r1", "f1", "in_progress", "2026-03-01T08:00:00.000Z")
                .sent("f1", "r1", "2026-03-01T08:10:00Z")
                .referralEntry(12, "Accepted")
                .referralEntry(30, "Accepted");
        assertThat(scene.matched()).containsExactly("12:row:f1", "30:answer:f1:r1:Accepted");
    }

    @Test
    void d19_neither_an_enrolment_nor_a_decision_without_id_matches_a_row_without_one() {
        Scene scene = oneOfBefore().enrolment("Example programme", "2026-02-01");
        scene.services
                .addObject()
                .put("uuid", Scene.UUID)
                .put("name", Scene.TRAUMA)
                .put("referral_status", "Accepted");
        assertThat(scene.matched()).containsExactly("Example programme:row-new:" + Scene.UUID, ":parks:no-referral-id");
    }

    @Test
    void d21_two_rows_of_one_service_from_before_the_ledger_are_paired_by_age() {
        Scene scene = Scene.linked()
                .rowToOscar("d2", "{}")
                .rowToOscar("d1", "{}")
                .referral("r2", "d2", "in_progress", "2025-06-02T08:00:00.000Z")
                .referral("r1", "d1", "in_progress", "2025-06-01T08:00:00.000Z")
                .referralEntry(31, "Exited")
                .referralEntry(30, "Accepted");
        assertThat(scene.matched()).containsExactly("31:answer:d2:r2:Exited", "30:answer:d1:r1:Accepted");
        scene.referralEntry(32, "Accepted");
        assertThat(scene.matched()).containsExactly("31:parks:ambiguous", "30:parks:ambiguous", "32:parks:ambiguous");
    }

    @Test
    void d21_a_row_without_subtype_is_taken_only_by_not_specified() {
        Scene scene = Scene.linked()
                .rowToOscar("d1", "{\"service_subtype\":[]}")
                .referral("r1", "d1", "in_progress", "2025-06-01T08:00:00.000Z")
                .referralEntry(30, "Accepted")
                .referralEntry(31, "Accepted", Scene.UUID, "Not Specified");
        assertThat(scene.matched()).containsExactly("30:parks:no-match", "31:answer:d1:r1:Accepted");
    }

    @Test
    void by_service_name_only_what_was_sent_before_this_ledger_is_answered() {
        Scene scene = oneOfBefore().referralEntry(30, "Accepted");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted");
        scene.before = BeforeLedger.adopted();
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
        scene.before = new BeforeLedger(Instant.parse("2025-06-01T08:00:00Z"), false, null);
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
    }

    @Test
    void by_service_name_a_row_decided_otherwise_or_with_an_id_or_of_another_ngo_is_no_match() {
        for (String change : new String[] {
            "{\"referral_status_edf41f2\":\"rejected_936484\"}",
            "{\"oscar_referral_id_a4ac8a5\":\"7\"}",
            "{\"service_implementing_agency\":\"agency-holt\"}",
            "{\"service_response_type\":\"referral_from_oscar\"}",
            "{\"service_response_type\":\"care_plan\"}"
        }) {
            Scene scene = Scene.linked()
                    .rowToOscar("d1", change)
                    .referral("r1", "d1", "in_progress", "2025-06-01T08:00:00.000Z")
                    .referralEntry(30, "Accepted");
            assertThat(scene.matched()).as(change).containsExactly("30:parks:no-match");
        }
    }

    @Test
    void by_referral_id_a_row_is_matched_only_at_its_ngo_and_only_if_no_newer_referral_is_in_progress() {
        Scene scene = Scene.linked()
                .rowToOscar("d1", "{\"oscar_referral_id_a4ac8a5\":\"30\"}")
                .referral("r1", "d1", "accepted", "2025-06-01T08:00:00.000Z")
                .referralEntry(30, "Accepted");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted");
        scene.referral("r2", "d1", "in_progress", "2025-07-01T08:00:00.000Z");
        assertThat(scene.matched()).containsExactly("30:parks:older-referral");
        scene.referrals = null;
        assertThat(scene.matched()).containsExactly("30:parks:referrals-unread");
        scene.client.put("organization_name", "holt");
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
    }

    @Test
    void by_referral_id_a_rows_only_referral_from_before_the_ledger_is_the_one_although_it_is_in_progress() {
        Scene scene = Scene.linked()
                .rowToOscar("d1", "{\"oscar_referral_id_a4ac8a5\":\"30\"}")
                .referral("r1", "d1", "in_progress", "2025-06-01T08:00:00.000Z")
                .referralEntry(30, "Accepted")
                .seen("cif:30:" + Scene.UUID, "2026-01-01T00:10:00Z", "Referred");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted");
        scene.referral("r2", "d1", "in_progress", "2026-02-01T08:00:00.000Z").sent("d1", "r2", "2026-02-01T08:10:00Z");
        assertThat(scene.matched()).as("a newer one has its own entry").containsExactly("30:answer:d1:r1:Accepted");
        assertThat(scene.match().entries().get(0).referrals())
                .extracting((JsonNode referral) -> referral.get("id").asText())
                .containsExactly("r1");
        scene.before = BeforeLedger.adopted();
        scene.sent.clear();
        assertThat(scene.matched()).as("nothing ran before us").containsExactly("30:parks:older-referral");
    }

    @Test
    void what_matches_nothing_is_primeros_if_linked_and_the_ngos_own_if_not() {
        assertThat(Scene.linked().referralEntry(30, "Referred").matched()).containsExactly("30:nothing:undecided");
        assertThat(Scene.linked().referralEntry(30, "Exited").matched()).containsExactly("30:parks:no-match");
        assertThat(Scene.referredByTheNgo().referralEntry(30, "Exited").matched())
                .containsExactly("30:row-new:" + Scene.UUID);
    }

    @Test
    void an_undecided_entry_is_remembered_with_its_referral_and_decides_nothing() {
        Scene scene = oneSent().referralEntry(30, "Referred");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1");
        assertThat(scene.match().newMatches())
                .containsExactly(new KnownMatch("cif:30:" + Scene.UUID, KnownMatch.Role.ANSWER, "d1", "r1"));
    }

    @Test
    void r20_an_accepted_client_accepts_the_referral_that_it_was_made_from() {
        Scene scene = oneSent().referralEntry(30, "Referred");
        scene.client.put("status", "Accepted");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted");
        scene.client.put("status", "Active");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted");
        scene.client.put("status", "Exited");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1");
    }

    @Test
    void r20_an_old_clients_status_says_nothing_of_a_new_referral() {
        Scene known = Scene.linked().rowToOscar("d1", "{}").referralEntry(30, "Referred");
        known.client.put("status", "Accepted");
        known.sent.add(new SentReferral(
                "d1",
                "r1",
                "cif",
                Scene.TRAUMA,
                SentReferral.State.CONFIRMED,
                Instant.parse("2026-03-01T08:10:00Z"),
                1,
                true));
        assertThat(known.matched()).containsExactly("30:answer:d1");

        Scene second =
                oneSent().answers(29, "d0", "r0").referralEntry(29, "Referred").referralEntry(30, "Referred");
        second.client.put("status", "Accepted");
        assertThat(second.matched()).contains("30:answer:d1:r1");

        Scene before = oneOfBefore().referralEntry(30, "Referred");
        before.client.put("status", "Accepted");
        assertThat(before.matched()).containsExactly("30:answer:d1:r1");
    }

    private static String meaning(Scene scene) {
        MatchedEntry matched = scene.match().entries().get(0);
        String decided = matched.decided() == null ? "" : matched.decided();
        return decided + (matched.reason() == null ? "" : "/" + matched.reason().code());
    }

    private static Scene known() {
        Scene scene =
                Scene.linked().rowToOscar("d1", "{}").referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z");
        scene.sent.add(new SentReferral(
                "d1",
                "r1",
                "cif",
                Scene.TRAUMA,
                SentReferral.State.CONFIRMED,
                Instant.parse("2026-03-01T08:10:00Z"),
                1,
                true));
        return scene;
    }

    /** The client was made from the first, and has a second answer. */
    private static Scene second() {
        return oneSent()
                .rowToOscar("d2", "{}")
                .referral("r2", "d2", "in_progress", "2026-03-01T08:00:00.000Z")
                .sent("d2", "r2", "2026-03-01T09:00:00Z");
    }

    @Test
    void r25a_accepted_by_the_dialog_and_exited_later_is_accepted() {
        for (String taken : new String[] {"Accepted>Referred", "Active>Referred", "Exited>Accepted"}) {
            assertThat(meaning(oneSent().read(30, "Referred>Referred", taken, "Referred>Referred", "Exited>Exited")))
                    .as(taken)
                    .isEqualTo("Accepted/accepted-before-exit");
        }
        assertThat(meaning(oneSent().read(30, "Accepted>Referred", "Exited>Referred")))
                .as("and where nothing is copied to the entry")
                .isEqualTo("Accepted");
        assertThat(meaning(oneSent().read(30, "Accepted>Referred", "Exited>Exited", "Accepted>Exited")))
                .as("taken back")
                .isEqualTo("Accepted/accepted-before-exit");
        Scene rejected = Scene.linked()
                .rowToOscar("d1", "{}")
                .referral("r1", "d1", "rejected", "2026-03-01T08:00:00.000Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z");
        assertThat(meaning(rejected.read(30, "Accepted>Referred", "Exited>Exited")))
                .as("a person in Primero has rejected it, which the exit comes to as well")
                .isEqualTo("Exited");
    }

    @Test
    void r25b_an_exit_without_an_acceptance_read_is_a_rejection_and_journaled() {
        assertThat(meaning(oneSent().read(30, "Referred>Referred", "Exited>Exited")))
                .isEqualTo("Exited/exit-unseen-acceptance-possible");
        assertThat(meaning(oneSent().read(30, "Exited>Exited")))
                .as("before anything was read")
                .isEqualTo("Exited/exit-unseen-acceptance-possible");
        assertThat(meaning(oneSent().read(30, "Exited>Exited", "Accepted>Exited", "Exited>Exited")))
                .as("taken back after the rejection, and sent away again")
                .isEqualTo("Exited/exit-unseen-acceptance-possible");
    }

    @Test
    void r25c_an_entry_exited_while_the_client_does_not_exit_is_rejected() {
        for (String client : new String[] {"Referred", "Accepted", "Active", "Exited"}) {
            assertThat(meaning(known().read(30, client + ">Referred", client + ">Exited")))
                    .as(client)
                    .isEqualTo("Exited");
            assertThat(meaning(second().read(30, client + ">Referred", client + ">Exited")
                            .referralEntry(31, "Referred")))
                    .as(client)
                    .isEqualTo("Exited");
        }
        assertThat(meaning(oneSent().read(30, "Referred>Referred", "Referred>Exited", "Exited>Exited")))
                .as("a real rejection, and the exit after it")
                .isEqualTo("Exited");
        assertThat(meaning(known().read(30, "Accepted>Exited"))).isEqualTo("Exited");
    }

    @Test
    void r25d_an_exit_that_may_be_another_ones_is_listed_and_decides_nothing() {
        assertThat(meaning(known().read(30, "Accepted>Referred", "Exited>Exited")))
                .isEqualTo("/exit-of-child");
        assertThat(meaning(known().read(30, "Exited>Exited"))).isEqualTo("/exit-of-child");
        assertThat(meaning(oneOfBefore().read(30, "Referred>Referred", "Exited>Exited")))
                .as("sent by the integration before, nobody knows how")
                .isEqualTo("/exit-of-child");
        assertThat(meaning(
                        second().read(30, "Referred>Referred", "Exited>Exited").referralEntry(31, "Referred")))
                .isEqualTo("/exit-of-child");
        assertThat(meaning(known().read(30, "Accepted>Accepted", "Exited>Exited")))
                .as("the entry itself was accepted")
                .isEqualTo("Accepted/accepted-before-exit");
        Scene answered = Scene.linked()
                .rowToOscar("d1", "{}")
                .referral("r1", "d1", "accepted", "2026-03-01T08:00:00.000Z")
                .answers(30, "d1", "r1");
        assertThat(meaning(answered.read(30, "Accepted>Referred", "Exited>Exited")))
                .as("nothing is open in Primero")
                .isEqualTo("Exited");
    }

    @Test
    void r25e_an_entry_left_open_by_an_ngo_that_took_or_sent_away_the_child_is_listed() {
        for (String then : new String[] {"Accepted>Referred", "Active>Referred", "Exited>Referred"}) {
            assertThat(meaning(known().read(30, "Referred>Referred", then)))
                    .as(then)
                    .isEqualTo("/left-open");
            assertThat(meaning(second().read(30, "Referred>Referred", then).referralEntry(31, "Referred")))
                    .as(then)
                    .isEqualTo("/left-open");
            assertThat(meaning(known().read(30, then))).as(then).isEmpty();
        }
        assertThat(meaning(known().read(30, "Active>Referred", "Exited>Referred", "Accepted>Referred")))
                .as("a new referral to a client who was active is unanswered as any")
                .isEmpty();
        assertThat(meaning(oneSent().read(30, "Referred>Referred", "Exited>Referred")))
                .isEqualTo("/left-open");
        Scene closed = known();
        closed.referrals.clear();
        closed.referral("r1", "d1", "revoked", "2026-03-01T08:00:00.000Z");
        assertThat(meaning(closed.read(30, "Referred>Referred", "Accepted>Referred")))
                .as("not open in Primero any more")
                .isEmpty();
    }

    @Test
    void r20_an_enrolment_beside_it_is_no_other_answer() {
        Scene scene = oneSent().referralEntry(30, "Referred").enrolment("Example programme", "2026-03-05");
        scene.client.put("status", "Active");
        assertThat(scene.matched()).contains("30:answer:d1:r1:Accepted");
    }

    @Test
    void older_unsent_referrals_on_the_row_are_decided_along_and_newer_or_sent_ones_are_not() {
        Scene scene = Scene.linked()
                .rowToOscar("d1", "{}")
                .referral("old", "d1", "in_progress", "2026-02-01T08:00:00.000Z")
                .referral("r1", "d1", "in_progress", "2026-03-01T08:00:00.000Z")
                .referral("later", "d1", "in_progress", "2026-03-05T08:00:00.000Z")
                .referral("done", "d1", "accepted", "2026-02-01T08:00:00.000Z")
                .referral("sent", "d1", "in_progress", "2026-02-02T08:00:00.000Z")
                .referral("elsewhere", "d9", "in_progress", "2026-02-01T08:00:00.000Z")
                .sent("d1", "sent", "2026-02-02T08:10:00Z")
                .sent("d1", "r1", "2026-03-01T08:10:00Z")
                .answers(29, "d1", "sent")
                .referralEntry(30, "Accepted")
                .seen("cif:30:" + Scene.UUID, "2026-03-04T00:00:00Z", "Referred");
        assertThat(scene.match().entries().get(0).referrals())
                .extracting((JsonNode referral) -> referral.get("id").asText())
                .containsExactly("r1", "old");
    }

    @Test
    void d61_what_another_ngos_client_answered_is_not_answered_again() {
        Scene scene = oneSent().referralEntry(30, "Accepted");
        scene.matches.add(new KnownMatch("holt:30:" + Scene.UUID, KnownMatch.Role.ANSWER, "d1", "r1"));
        assertThat(scene.matched()).containsExactly("30:parks:no-match");
    }

    @Test
    void r10_a_decision_for_a_disabled_case_parks_unless_it_is_already_so() {
        Scene scene = oneSent().referralEntry(30, "Accepted").referralEntry(31, "Referred");
        scene.theCase.put("record_state", false);
        assertThat(scene.matched()).containsExactly("30:parks:d1:r1:Accepted:case-disabled", "31:nothing:undecided");
        scene.referrals.clear();
        scene.referral("r1", "d1", "accepted", "2026-03-01T08:00:00.000Z");
        assertThat(scene.matched()).containsExactly("30:nothing:d1:r1:Accepted:case-disabled", "31:nothing:undecided");
    }

    @Test
    void the_row_of_an_answer_may_have_been_deleted() {
        Scene scene = Scene.linked().sent("d1", "r1", "2026-03-01T08:10:00Z").referralEntry(30, "Accepted");
        assertThat(scene.matched()).containsExactly("30:parks:d1:Accepted:row-gone");
    }

    @Test
    void r22_a_decision_that_was_there_before_us_is_only_listed_until_it_changes() {
        Scene scene = oneOfBefore()
                .referralEntry(30, "Accepted")
                .referralEntry(31, "Exited", Scene.UUID, "Kinship care")
                .seen("cif:30:" + Scene.UUID, "2026-01-01T00:30:00Z", "Accepted")
                .seen("cif:31:" + Scene.UUID, "2026-01-01T00:30:00Z", "Exited");
        scene.before = new BeforeLedger(Scene.T, true, Instant.parse("2026-01-01T01:00:00Z"));
        assertThat(scene.matched()).containsExactly("30:nothing:d1:r1:Accepted:baseline", "31:nothing:baseline");
        assertThat(scene.match().entries()).allMatch(MatchedEntry::baseline);
        scene.seen("cif:30:" + Scene.UUID, "2026-01-01T00:30:00Z", "Referred");
        scene.seen("cif:31:" + Scene.UUID, "2026-01-01T02:00:00Z", "Exited");
        assertThat(scene.matched()).containsExactly("30:answer:d1:r1:Accepted", "31:parks:no-match");
    }

    @Test
    void one_referral_with_two_services_decides_once() {
        Scene scene = oneSent()
                .referralEntry(30, "Accepted", "00000000-0000-4000-8000-00000000a001", "Kinship care")
                .referralEntry(30, "Accepted")
                .referralEntry(30, "Accepted", Scene.UUID.toUpperCase(java.util.Locale.ROOT), Scene.TRAUMA);
        assertThat(scene.matched()).containsExactly("30:nothing:same-referral", "30:answer:d1:r1:Accepted");
    }

    @Test
    void a_referral_id_that_is_no_number_parks_and_a_zero_is_none() {
        Scene scene = oneSent();
        scene.services
                .addObject()
                .put("uuid", Scene.UUID)
                .put("name", Scene.TRAUMA)
                .put("referral_id", "7x");
        scene.services
                .addObject()
                .put("uuid", Scene.UUID)
                .put("name", Scene.TRAUMA)
                .put("referral_id", 0)
                .put("referral_status", "Referred");
        assertThat(scene.matched()).containsExactly("7x:parks:referral-id", ":nothing:undecided");
    }

    @Test
    void nothing_personal_is_shown() {
        Scene scene = oneSent().referralEntry(30, "Accepted");
        scene.client.put("given_name", "Sampletest");
        assertThat(scene.match().entries().toString() + scene.match())
                .doesNotContain("Sampletest")
                .doesNotContain(Scene.TRAUMA);
    }
}
