package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §3.6: validations of a referral, services by name. */
class ReferralValuesContractTest extends OscarTest {

    private ObjectNode referral() {
        return Api.referral("cif", CASE, "");
    }

    @Test
    void blank_attributes_are_named_with_arrays_and_a_blank_level_has_two_messages() {
        ObjectNode body = referral()
                .put("given_name", "")
                .put("family_name", " ")
                .put("external_case_worker_name", "")
                .put("external_case_worker_mobile", "")
                .put("level_of_risk", "");
        body.remove("services");

        assertThat(api.upsert(body).json().get("message")).isEqualTo(Json.read("""
                                {"client_name":["can't be blank"],"name_of_referee":["can't be blank"],
                                "referral_phone":["can't be blank"],
                                "level_of_risk":["can't be blank","is not included in the list"],
                                "services":["can't be blank"]}"""));
    }

    @Test
    void the_level_with_an_underscore_is_not_the_one_with_a_blank() {
        assertThat(api.upsert(referral().put("level_of_risk", "no_action")).status())
                .isEqualTo(422);
        assertThat(api.upsert(referral().put("level_of_risk", "no action")).status())
                .isEqualTo(200);
    }

    @Test
    void services_go_by_exact_name_unknown_ones_vanish_and_uuids_do_not_count() {
        ObjectNode body = referral();
        body.set("services", Api.services("Kinship care", "kinship care", "No such service"));
        assertThat(api.upsert(body).status()).isEqualTo(200);
        body.set("services", Api.services("Therapeutic interventions"));
        api.upsert(body);
        body.set("services", Api.services("Family Support"));
        api.upsert(body);

        assertThat(oscar.checks().referrals("cif", CASE))
                .extracting(ReferralFacts::services)
                .containsExactly(
                        List.of("Kinship care"),
                        List.of("Therapeutic interventions", "Therapeutic interventions"),
                        List.of("Family Support"));
    }

    @Test
    void a_name_missing_in_one_ngos_catalogue_is_refused_there_only() {
        oscar.admin("cif").removeService("Family preservation");

        assertThat(api.upsert(referral()).status()).isEqualTo(422);
        assertThat(api.upsert(Api.referral("gpc", CASE, "")).status()).isEqualTo(200);
    }

    @Test
    void every_catalogue_name_is_accepted() {
        for (String name : oscar.admin("cif").services()) {
            ObjectNode body = referral();
            body.set("services", Api.services(name));
            assertThat(api.upsert(body).status()).as(name).isEqualTo(200);
        }
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(50);
    }

    @Test
    void the_case_workers_id_is_taken_as_a_number_if_it_can_and_raises_beyond_32_bits() {
        assertThat(api.upsert(referral().put("external_case_worker_id", CASE)).status())
                .isEqualTo(200);
        assertThat(api.upsert(referral().put("external_case_worker_id", "2147483648"))
                        .status())
                .isEqualTo(500);
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(1);
    }

    @Test
    void gender_birth_and_place_are_not_validated() {
        ObjectNode body =
                referral().put("gender", "?").put("date_of_birth", "no date").put("location_current_village_code", "x");

        assertThat(api.upsert(body).status()).isEqualTo(200);
    }

    @Test
    void messages_come_in_the_threads_language_unless_pinned() {
        oscar.switches().language(Messages.KHMER);
        ObjectNode body = Json.object().set("organization", referral().put("level_of_risk", "x"));

        assertThat(api.upsert(referral().put("level_of_risk", "x"))
                        .json()
                        .at("/message/level_of_risk/0")
                        .asText())
                .isNotEqualTo("is not included in the list");
        assertThat(api.send("POST", "/organizations/clients/upsert?locale=en", body)
                        .json()
                        .at("/message/level_of_risk/0")
                        .asText())
                .isEqualTo("is not included in the list");
    }
}
