package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §4. */
class ReferralTest extends PrimeroTestBase {
    private static final String NGO = "agency-cif-user";

    private String body(String to, String more) {
        return "{\"transitioned_to\":\"" + to + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private String path(String caseId) {
        return at(caseId) + "/referrals";
    }

    private String referred(String caseId) {
        return api.post(path(caseId), body(NGO, "")).data().path("id").asText();
    }

    private PrimeroCaller.Answer move(String caseId, String referral, String status) {
        return api.patch(path(caseId) + "/" + referral, "{\"status\":\"" + status + "\"}");
    }

    @Test
    void a_referral_bumps_the_case_marks_the_row_and_gives_the_recipient_scope() {
        String id = consentingCase();
        String row = toOscarRow(id);
        tick();
        JsonNode data = api.post(path(id), body(NGO, "\"service_record_id\":\"" + row + "\",\"notes\":\"synthetic\""))
                .data();
        assertThat(data.path("status").asText()).isEqualTo("in_progress");
        assertThat(data.path("record_type").asText()).isEqualTo("case");
        assertThat(data.path("transitioned_to_user_agency").asText()).isEqualTo("agency-cif");
        assertThat(data.path("record").path("last_updated_at").asText()).isEqualTo("2026-03-01T10:20:40.456Z");
        assertThat(data.has("responded_at")).as("nulls are left out").isFalse();
        ObjectNode now = primero.caseById(id).orElseThrow();
        assertThat(now.path("services_section")
                        .path(0)
                        .path("service_status_referred")
                        .asBoolean())
                .isTrue();
        assertThat(now.path("assigned_user_names").toString()).contains(NGO);
        PrimeroCaller ngo = new PrimeroCaller(primero.url(), NGO, Configuration.HUMAN_PASSWORD);
        assertThat(ngo.get(path(id))
                        .data()
                        .path(0)
                        .path("user_can_accept_or_reject")
                        .asBoolean())
                .isTrue();
        assertThat(api.get(path(id))
                        .data()
                        .path(0)
                        .path("user_can_accept_or_reject")
                        .asBoolean(true))
                .isFalse();
        assertThat(api.get(path(id)).json().has("metadata")).isFalse();
    }

    @Test
    void the_same_wish_again_is_a_second_referral() {
        String id = consentingCase();
        assertThat(referred(id)).isNotEqualTo(referred(id));
        assertThat(primero.referrals(id)).hasSize(2);
    }

    @Test
    void without_both_consents_it_is_422_unless_overridden() {
        String id = worker.newCase(Map.of("consent_for_services", true));
        PrimeroCaller.Answer refused = api.post(path(id), body(NGO, ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).containsExactly("consent");
        assertThat(api.post(path(id), body(NGO, "\"consent_overridden\":true")).status())
                .isEqualTo(200);
    }

    @Test
    void a_recipient_who_may_not_receive_is_422_an_unknown_one_500() {
        String id = consentingCase();
        primero.disableUser(NGO);
        assertThat(api.post(path(id), body(NGO, "")).detail()).containsExactly("transitioned_to");
        assertThat(api.post(path(id), body("tandem", "")).status()).isEqualTo(422);
        assertThat(api.post(path(id), body("nobody", "")).status()).isEqualTo(500);
        assertThat(api.post(path(id), "{}").status()).isEqualTo(500);
        assertThat(primero.referrals(id)).isEmpty();
    }

    @Test
    void a_recipient_whose_account_is_disabled_cannot_be_accepted_until_it_is_enabled() {
        String id = consentingCase();
        String referral = referred(id);
        primero.disableUser(NGO);
        PrimeroCaller.Answer refused = move(id, referral, "accepted");
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.detail()).containsExactly("transitioned_to");
        assertThat(primero.referrals(id).get(0).is("in_progress")).isTrue();
        primero.enableUser(NGO);
        assertThat(move(id, referral, "accepted").status()).isEqualTo(200);
    }

    @Test
    void a_service_that_is_not_there_is_ignored_but_no_services_at_all_is_500() {
        String id = consentingCase();
        String wish = body(NGO, "\"service_record_id\":\"" + UUID_1 + "\"");
        assertThat(api.post(path(id), wish).status()).isEqualTo(500);
        toOscarRow(id);
        assertThat(api.post(path(id), wish).status()).isEqualTo(200);
    }

    @Test
    void the_table_of_moves_and_what_is_not_in_it_is_200_and_changes_nothing() {
        Map<String, List<String>> table = Map.of(
                "in_progress", List.of("accepted", "rejected", "in_progress", "in_progress"),
                "accepted", List.of("accepted", "accepted", "done", "accepted"),
                "rejected", List.of("rejected", "rejected", "rejected", "rejected"),
                "done", List.of("done", "done", "done", "done"),
                "revoked", List.of("revoked", "revoked", "revoked", "revoked"));
        List<String> wishes = List.of("accepted", "rejected", "done", "nonsense");
        table.forEach((current, outcomes) -> {
            for (int i = 0; i < wishes.size(); i++) {
                String id = consentingCase();
                String referral = referred(id);
                bring(id, referral, current);
                tick();
                String before = read(id).path("last_updated_at").asText();
                PrimeroCaller.Answer answer = move(id, referral, wishes.get(i));
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.data().path("status").asText())
                        .as(current + " -> " + wishes.get(i))
                        .isEqualTo(outcomes.get(i));
                boolean moved = !outcomes.get(i).equals(current);
                assertThat(!before.equals(read(id).path("last_updated_at").asText()))
                        .as("bumped by " + current + " -> " + wishes.get(i))
                        .isEqualTo(moved);
            }
        });
    }

    private void bring(String id, String referral, String status) {
        switch (status) {
            case "done" -> {
                move(id, referral, "accepted");
                move(id, referral, "done");
            }
            case "revoked" -> api.delete(path(id) + "/" + referral);
            case "in_progress" -> {}
            default -> move(id, referral, status);
        }
    }

    @Test
    void accepting_stamps_the_case_without_naming_who_rejecting_names_them() {
        String id = consentingCase();
        String referral = referred(id);
        worker.edit(id, Map.of("age", 3));
        tick();
        assertThat(move(id, referral, "accepted").data().path("responded_at").asText())
                .isEqualTo("2026-03-01T10:20:40.456Z");
        assertThat(read(id).path("last_updated_by").asText()).isEqualTo("mgrpnh");
        assertThat(read(id).path("last_updated_at").asText()).isEqualTo("2026-03-01T10:20:40.456Z");
        String second = referred(id);
        worker.edit(id, Map.of("age", 4));
        move(id, second, "rejected");
        assertThat(read(id).path("last_updated_by").asText()).isEqualTo("tandem");
    }

    @Test
    void rejecting_unassigns_the_recipient_unless_another_referral_needs_them() {
        String id = consentingCase();
        String first = referred(id);
        String second = referred(id);
        move(id, first, "rejected");
        assertThat(read(id).path("associated_user_names").toString()).contains(NGO);
        move(id, second, "rejected");
        assertThat(read(id).path("associated_user_names").toString()).doesNotContain(NGO);
    }

    @Test
    void done_implements_the_service() {
        String id = consentingCase();
        String row = toOscarRow(id);
        String referral = worker.refer(id, row, NGO, "synthetic");
        move(id, referral, "accepted");
        api.patch(path(id) + "/" + referral, "{\"status\":\"done\",\"rejection_note\":\"all good\"}");
        JsonNode service = read(id).path("services_section").path(0);
        assertThat(service.path("service_implemented").asText()).isEqualTo("implemented");
        assertThat(service.path("service_implemented_day_time").asText()).isEqualTo("2026-03-01T10:20:30.456Z");
        assertThat(service.path("note_on_referral_from_provider").asText()).isEqualTo("all good");
    }

    @Test
    void withdrawn_consent_stops_every_real_move() {
        String id = consentingCase();
        String referral = referred(id);
        worker.withdrawConsent(id);
        assertThat(move(id, referral, "accepted").detail()).containsExactly("consent");
        assertThat(move(id, referral, "done").status()).as("a no-op stays one").isEqualTo(200);
        assertThat(api.delete(path(id) + "/" + referral).status()).isEqualTo(422);
        assertThat(primero.referrals(id)).extracting(Referral::status).containsExactly("in_progress");
    }

    @Test
    void no_data_is_422_and_an_unknown_referral_404() {
        String id = consentingCase();
        String referral = referred(id);
        assertThat(api.call("PATCH", path(id) + "/" + referral, "{}").status()).isEqualTo(422);
        assertThat(move(id, UUID_1, "accepted").status()).isEqualTo(404);
    }

    @Test
    void the_path_of_another_case_finds_the_referral_too() {
        String id = consentingCase();
        String other = consentingCase();
        assertThat(move(other, referred(id), "accepted").data().path("status").asText())
                .isEqualTo("accepted");
    }

    @Test
    void many_at_once_leave_the_earlier_ones_when_a_later_one_fails() {
        String good = consentingCase();
        String bad = worker.newCase(Map.of("age", 1));
        String wish =
                "{\"ids\":[\"" + good + "\",\"" + bad + "\"],\"transitioned_to\":\"" + NGO + "\",\"notes\":\"x\"}";
        assertThat(api.post(CASES + "/referrals", wish).status()).isEqualTo(422);
        assertThat(primero.referrals(good)).hasSize(1);
        assertThat(primero.referrals(bad)).isEmpty();
    }

    @Test
    void the_list_has_no_order() {
        String id = consentingCase();
        for (int i = 0; i < 8; i++) {
            referred(id);
        }
        List<List<String>> orders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            orders.add(api.get(path(id)).values("id"));
        }
        assertThat(orders.stream().distinct().count()).isGreaterThan(1);
    }
}
