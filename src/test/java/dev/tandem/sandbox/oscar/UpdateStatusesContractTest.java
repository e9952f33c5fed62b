package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.OscarSettings.RegistrationChoice;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §5. */
class UpdateStatusesContractTest extends OscarTest {

    private ObjectNode decision(String slug, int referral, String status) {
        return Json.object()
                .put("client_global_id", client(slug).globalId())
                .put("referral_id", referral)
                .put("referral_status", status);
    }

    private int referred(String slug) {
        return cif.referToMinistry(slug, Outward.of("low", "Kinship care"));
    }

    private String status(int referral) {
        return oscar.checks().referral("cif", referral).status();
    }

    @Test
    void only_the_referrals_status_changes_and_the_clock_moves_even_if_it_was_the_same() {
        String slug = newChild();
        int referral = referred(slug);
        for (int day = 1; day <= 2; day++) {
            later(Duration.ofDays(1));
            Api.Got got = api.statuses(decision(slug, referral, "Accepted"));
            assertThat(got.status()).isEqualTo(200);
            assertThat(got.text()).isEqualTo("{\"message\":\"Record saved.\"}");
            assertThat(status(referral)).isEqualTo("Accepted");
            assertThat(client(slug).status()).isEqualTo("Referred");
            assertThat(client(slug).updatedAt()).isEqualTo(NOON.plus(Duration.ofDays(day)));
        }
        assertThat(client(slug).statusWrites()).isEqualTo(2);
    }

    @Test
    void no_token_is_wanted() {
        String slug = newChild();

        assertThat(new Api(oscar)
                        .statuses(decision(slug, referred(slug), "Active"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void it_stops_at_the_first_bad_row_and_keeps_what_came_before() {
        String slug = newChild();
        int first = referred(slug);
        int last = referred(slug);
        Api.Got got = api.statuses(
                decision(slug, first, "Accepted"), decision(slug, 99, "Accepted"), decision(slug, last, "Accepted"));

        assertThat(got.status()).isEqualTo(422);
        assertThat(got.json().get("error").asText()).startsWith("Couldn't find Referral with 'id'=99");
        assertThat(got.json().get("message").asText()).isEqualTo("Record error. Please check OSCaR logs for details.");
        assertThat(status(first)).isEqualTo("Accepted");
        assertThat(status(last)).isEqualTo("Referred");
    }

    @Test
    void an_unknown_person_is_not_found() {
        Api.Got got =
                api.statuses(Json.object().put("client_global_id", "nobody").put("referral_id", 1));

        assertThat(got.status()).isEqualTo(422);
        assertThat(got.text())
                .isEqualTo("{\"error\":\"ActiveRecord::RecordNotFound\","
                        + "\"message\":\"Record error. Please check OSCaR logs for details.\"}");
    }

    @Test
    void any_ngo_of_the_person_may_be_taken_and_nobody_checks_whose_referral_it_is() {
        String slug = newChild();
        int ours = referred(slug);
        gpc.sameChild(cif, slug, ClientForm.named("Sok", "Testa"));
        String stranger = gpc.newClient(ClientForm.named("Srey", "Sample"));
        int theirs = gpc.referToMinistry(stranger, Outward.of("low", "Kinship care"));
        assertThat(theirs).isEqualTo(ours);

        oscar.switches().choice(RegistrationChoice.NEWEST);
        assertThat(api.statuses(decision(slug, ours, "Exited")).status()).isEqualTo(200);
        assertThat(oscar.checks().referral("gpc", theirs).status()).isEqualTo("Exited");
        assertThat(status(ours)).isEqualTo("Referred");

        oscar.switches().choice(RegistrationChoice.OLDEST);
        api.statuses(decision(slug, ours, "Accepted"));
        assertThat(status(ours)).isEqualTo("Accepted");
    }

    @Test
    void the_suffix_names_the_status_whatever_was_wrong() {
        String slug = newChild();
        int referral = referred(slug);
        String suffix = "Referral status must be one of ['Accepted', 'Exited', 'Referred'].";
        assertThat(api.statuses(decision(slug, referral, "accepted"))
                        .json()
                        .get("error")
                        .asText())
                .isEqualTo("Referral status is not included in the list. " + suffix);

        oscar.admin("cif").clearLevelOfRisk(referral);
        Api.Got old = api.statuses(decision(slug, referral, "Accepted"));
        assertThat(old.status()).isEqualTo(422);
        assertThat(old.json().get("error").asText())
                .isEqualTo("Level of risk can't be blank, Level of risk is not included in the list. " + suffix);
        assertThat(status(referral)).isEqualTo("Referred");
    }

    @Test
    void an_empty_list_is_500_as_is_the_regression_which_saves_nothing() {
        String slug = newChild();
        int referral = referred(slug);
        assertThat(api.statuses().status()).isEqualTo(500);

        oscar.switches().headRegression(true);
        assertThat(api.statuses(decision(slug, referral, "Accepted")).status()).isEqualTo(500);
        assertThat(status(referral)).isEqualTo("Referred");
    }

    @Test
    void an_external_system_not_called_so_breaks_outward_referrals() {
        oscar.close();
        oscar = OscarSimulator.start(OscarSettings.standard().withExternalSystem("Staging"), clock);
        cif = oscar.worker("cif");
        String slug = newChild();
        int referral = referred(slug);

        assertThat(new Api(oscar).statuses(decision(slug, referral, "Accepted")).status())
                .isEqualTo(500);
    }

    @Test
    void a_pending_referral_has_a_clock_of_its_own() {
        String slug = takenUp();
        api.upsert(Api.referral("cif", CASE, client(slug).globalId()));
        var before = client(slug).updatedAt();
        later(Duration.ofDays(1));

        assertThat(api.statuses(decision(slug, 2, "Accepted")).status()).isEqualTo(200);
        assertThat(client(slug).updatedAt()).isEqualTo(before);
    }
}
