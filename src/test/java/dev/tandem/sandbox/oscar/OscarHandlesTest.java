package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Json;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What only a simulator has; that it is as the contract says is asked by the contract suite. */
class OscarHandlesTest extends OscarTest {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    @Test
    void a_call_lost_before_leaves_nothing_and_one_lost_after_leaves_a_referral() {
        oscar.faults().next("POST", UPSERT, Fault.html(502));
        assertThat(api.upsert(ReferralBody.of("cif", CASE, "")).status()).isEqualTo(502);
        assertThat(oscar.checks().referrals("cif", CASE)).isEmpty();

        oscar.faults().next("POST", UPSERT, Fault.dropAfter());
        assertThatThrownBy(() -> api.upsert(ReferralBody.of("cif", CASE, ""))).isInstanceOf(UncheckedIOException.class);
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(1);
        assertThat(oscar.faults().lostAnswers("POST", UPSERT)).isEqualTo(1);
    }

    @Test
    void a_token_may_end_in_the_middle_and_an_answer_may_be_swallowed() {
        oscar.faults().next("POST", UPSERT, oscar.unauthorized());
        assertThat(api.upsert(ReferralBody.of("cif", CASE, "")).text())
                .isEqualTo("{\"errors\":[\"You need to sign in or sign up before continuing.\"]}");

        oscar.faults().next("POST", UPSERT, OscarSimulator.swallowed().afterEffect());
        Api.Got got = api.upsert(ReferralBody.of("cif", CASE, ""));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEmpty();
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(1);
    }

    @Test
    void all_tokens_can_be_ended_at_once() {
        oscar.expireTokens();

        assertThat(api.feed().status()).isEqualTo(401);
    }

    @Test
    void messages_come_in_the_threads_language_unless_pinned() {
        oscar.switches().language(Messages.KHMER);
        ObjectNode referral = ReferralBody.of("cif", CASE, "").put("level_of_risk", "x");

        assertThat(message(api.upsert(referral))).isNotEqualTo("is not included in the list");
        assertThat(message(api.send(
                        "POST",
                        "/organizations/clients/upsert?locale=en",
                        Json.object().set("organization", referral))))
                .isEqualTo("is not included in the list");
    }

    private static String message(Api.Got got) {
        return got.json().at("/message/level_of_risk/0").asText();
    }

    @Test
    void an_external_system_that_is_not_called_so_breaks_decisions_on_referrals_to_it() {
        oscar.close();
        oscar = OscarSimulator.start(OscarSettings.standard().withExternalSystem("Staging"), clock);
        cif = oscar.worker("cif");
        String slug = newChild();
        int referral = cif.referToMinistry(slug, Outward.of("low", "Kinship care"));
        ObjectNode decision = Json.object()
                .put("client_global_id", client(slug).globalId())
                .put("referral_id", referral)
                .put("referral_status", "Accepted");

        assertThat(new Api(oscar).statuses(decision).status()).isEqualTo(500);
    }

    @Test
    void the_call_log_keeps_ids_and_no_names() {
        api.upsert(ReferralBody.of("cif", CASE, ""));

        assertThat(oscar.calls().list("POST", UPSERT)).singleElement().satisfies(call -> {
            assertThat(call.ids()).containsEntry("external_id", CASE).containsEntry("organization_name", "cif");
            assertThat(call.toString()).doesNotContain("Vanna");
        });
    }

    @Test
    void another_process_can_play_the_people() {
        Api control = new Api(oscar);
        api.upsert(ReferralBody.of("cif", CASE, ""));
        String slug = act(control, "take-up", Map.of("tenant", "cif", "referral_id", 1))
                .get("slug")
                .asText();
        act(control, "accept", Map.of("tenant", "cif", "slug", slug));
        act(control, "switch", Map.of("headRegression", true));

        assertThat(client(slug).status()).isEqualTo("Accepted");
        assertThat(api.upsert(ReferralBody.of("gpc", CASE, "")).status()).isEqualTo(500);
        assertThat(control.send("GET", "/../../_control/state/referrals", null)
                        .json()
                        .findValuesAsText("externalId"))
                .containsExactly(CASE);
        var totals = control.send("GET", "/../../_control/state/totals", null).json();
        assertThat(totals.at("/referralsByExternalId/cif " + CASE).asInt()).isEqualTo(1);
        var clients = control.send("GET", "/../../_control/state/clients", null);
        assertThat(clients.text()).contains(slug).doesNotContain("Vanna");
    }

    private static JsonNode act(Api control, String act, Map<String, ?> body) {
        return control.send("POST", "/../../_control/acts/" + act, Json.of(body))
                .json();
    }
}
