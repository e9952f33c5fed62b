package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §3.5: what an upsert does to a known client. */
class ClientUpdateContractTest extends OscarTest {

    private ObjectNode update(String slug) {
        return Api.referral("cif", CASE, client(slug).globalId()).put("is_referred", false);
    }

    @Test
    void what_is_left_out_becomes_null_and_khmer_names_and_reason_always_do() {
        String slug = cif.newClient(ClientForm.named("Sok", "Testa")
                .localName("វណ្ណា", "តេស្ត")
                .reason("Some reason")
                .mosvyNumber("M1")
                .livesAt("02040302"));
        ObjectNode body = update(slug);
        body.remove(List.of(
                "mosvy_number",
                "date_of_birth",
                "address_current_village_code",
                "location_current_village_code",
                "given_name"));

        assertThat(api.upsert(body).status()).isEqualTo(200);
        ClientFacts now = client(slug);
        assertThat(now.givenName()).isNull();
        assertThat(now.mosvyNumber()).isNull();
        assertThat(now.dateOfBirth()).isNull();
        assertThat(now.locationCode()).isEmpty();
        assertThat(now.localGivenName()).isNull();
        assertThat(now.localFamilyName()).isNull();
        assertThat(now.reasonForReferral()).isNull();
        assertThat(now.status()).isEqualTo("Referred");
        assertThat(row(api.feed(), slug)).as("gone from the feed").isNull();
    }

    @Test
    void a_blank_external_id_leaves_the_link_as_it_is() {
        String slug = cif.newClient(ClientForm.named("Sok", "Testa").externalId("kept", "k"));

        Api.Got got = api.upsert(update(slug).put("external_id", "").put("external_id_display", "x"));
        assertThat(got.json().get("external_id").asText()).isEqualTo("kept");
        assertThat(client(slug).externalIdDisplay()).isEqualTo("k");
        assertThat(client(slug).syncedDate()).isNull();

        api.upsert(update(slug));
        assertThat(client(slug).externalId()).isEqualTo(CASE);
        assertThat(client(slug).syncedDate()).isEqualTo(LocalDate.parse("2026-03-10"));
    }

    @Test
    void a_code_is_looked_up_at_the_level_of_its_length() {
        oscar.admin("cif").removeLocation("02040399");
        String slug = cif.newClient(ClientForm.named("Sok", "Testa").livesAt("02040302"));
        String[][] sentAndDeepest = {
            {"08080906", "08080906"},
            {"8080906", "08080906"},
            {"080809", "080809"},
            {"204", "0204"},
            {"8", "08"},
            {"0004", "0004"},
        };
        for (String[] pair : sentAndDeepest) {
            api.upsert(update(slug).put("address_current_village_code", pair[0]));
            assertThat(client(slug).locationCode()).as(pair[0]).isEqualTo(pair[1]);
        }

        api.upsert(update(slug).put("address_current_village_code", "02040302"));
        api.upsert(update(slug).put("address_current_village_code", "02040399"));
        assertThat(client(slug).locationCode()).as("unknown village only").isEqualTo("020403");
        api.upsert(update(slug).put("address_current_village_code", ""));
        assertThat(client(slug).locationCode()).as("\"\" counts as given").isEmpty();
        api.upsert(update(slug).putNull("address_current_village_code"));
        assertThat(client(slug).locationCode()).isEqualTo("08080906");
    }

    @Test
    void a_refused_client_leaves_the_new_referral_behind() {
        String slug = newChild();
        ObjectNode body = update(slug).put("is_referred", true).put("gender", "girl");

        Api.Got got = api.upsert(body);
        assertThat(got.status()).isEqualTo(422);
        assertThat(got.text())
                .isEqualTo("{\"external_id\":\"" + CASE
                        + "\",\"message\":{\"gender\":[\"is not included in the list\"]}}");
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(1);
        assertThat(client(slug).givenName()).isEqualTo("Sok");
    }

    @Test
    void what_older_clients_lack_is_named_by_attribute() {
        oscar.admin("cif").addProgram("Education", "School support");
        String slug = cif.newClient(
                ClientForm.named("Sok", "Testa").withoutReferralDate().withoutReceiver());
        cif.enrol(slug, "Education");
        cif.assign(slug);

        assertThat(keys(api.upsert(update(slug).putNull("gender")).json().get("message")))
                .containsExactly("gender", "user_ids", "initial_referral_date", "received_by_id");
    }

    @Test
    void the_source_is_kept_defaulted_or_if_dangling_swallowed() {
        String blank = cif.newClient(ClientForm.named("Sok", "Testa").sourceCategory(null));
        assertThat(api.upsert(update(blank)).status()).isEqualTo(200);

        String dangling = cif.newClient(ClientForm.named("Sok", "Testa").sourceCategory(99));
        Api.Got got = api.upsert(update(dangling));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEmpty();
        assertThat(client(dangling).givenName()).isEqualTo("Sok");
    }

    @Test
    void any_save_copies_the_clients_status_to_its_first_referral() {
        String slug = takenUp();
        cif.accept(slug);
        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Referred");

        api.upsert(update(slug));
        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Accepted");
    }

    @Test
    void once_enrolled_the_first_referral_is_left_alone() {
        oscar.admin("cif").addProgram("Education", "School support");
        String slug = takenUp();
        cif.accept(slug);
        cif.enrol(slug, "Education");
        cif.editClient(slug, form -> form.reason("Other"));

        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Referred");
    }

    @Test
    void with_the_regression_the_copy_raises_after_the_client_was_committed() {
        String slug = takenUp();
        cif.accept(slug);
        oscar.switches().headRegression(true);

        assertThat(api.upsert(update(slug).put("given_name", "Other")).status()).isEqualTo(500);
        assertThat(client(slug).givenName()).isEqualTo("Other");
        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Referred");
    }

    @Test
    void a_sent_status_overwrites_older_referrals_of_both_directions_and_not_the_new_one() {
        String slug = takenUp();
        int outward = cif.referToMinistry(slug, Outward.of("low", "Kinship care"));
        cif.setReferralStatus(1, "Accepted");
        cif.setReferralStatus(outward, "Accepted");
        var before = client(slug).updatedAt();
        later(Duration.ofDays(1));

        ObjectNode body = update(slug).put("is_referred", true).put("referral_status", "Exited");
        assertThat(api.upsert(body).status()).isEqualTo(200);
        assertThat(oscar.checks().referral("cif", 1).status()).isEqualTo("Exited");
        assertThat(oscar.checks().referral("cif", outward).status()).isEqualTo("Exited");
        assertThat(oscar.checks().referral("cif", 3).status()).isEqualTo("Referred");
        assertThat(client(slug).updatedAt()).as("synced_date changed").isAfter(before);
    }

    @Test
    void a_bad_or_empty_status_is_422_after_everything_was_saved() {
        String slug = newChild();
        int saved = 0;
        for (String status : new String[] {"", "Active"}) {
            Api.Got got = api.upsert(update(slug).put("is_referred", true).put("referral_status", status));
            assertThat(got.status()).isEqualTo(422);
            assertThat(got.text())
                    .isEqualTo("{\"external_id\":\"" + CASE
                            + "\",\"message\":\"Referral status must be one of ['Accepted', 'Exited', 'Referred'].\"}");
            assertThat(oscar.checks().referrals("cif", CASE)).hasSize(++saved);
        }
        assertThat(client(slug).givenName()).isEqualTo("Vanna");
        assertThat(api.upsert(update(slug).putNull("referral_status")).status()).isEqualTo(200);
    }
}
