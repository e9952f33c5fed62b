package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §6 and the custom fields of §8. */
class ReferenceDataTest extends PrimeroTestBase {
    @Test
    void users_are_found_by_their_name() {
        PrimeroCaller.Answer answer = api.get("/api/v2/users?user_name=mgrstg&disabled%5B%5D=false");
        assertThat(answer.values("user_name")).containsExactly("mgrstg");
        assertThat(api.get("/api/v2/users?user_name=MGRSTG").total()).isZero();
        primero.disableUser("mgrstg");
        assertThat(api.get("/api/v2/users?user_name=mgrstg")
                        .data()
                        .path(0)
                        .path("disabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void every_province_owner_and_agency_user_of_the_lists_exists_and_is_enabled() {
        for (String name : List.of("mgrbmc", "mgromc", "mgrtkm", "agency-gpc-user", "agency-wmo-user")) {
            assertThat(api.get("/api/v2/users?user_name=" + name).values("disabled"))
                    .as(name)
                    .containsExactly("false");
        }
    }

    @Test
    void recipients_can_receive() {
        List<String> names = api.get("/api/v2/users/refer-to?record_type=case&record_module_id=primeromodule-cp"
                        + "&agency=agency-cif")
                .values("user_name");
        assertThat(names).containsExactly("agency-cif-user");
    }

    @Test
    void lookups_are_paged_and_read_by_number() {
        PrimeroCaller.Answer page = api.get("/api/v2/lookups?per=2&page=2");
        assertThat(page.data()).hasSize(2);
        JsonNode lookup = api.get("/api/v2/lookups/" + page.values("id").get(0)).data();
        assertThat(lookup.path("unique_id").asText()).startsWith("lookup-");
        assertThat(lookup.path("values").path(0).path("display_text").path("km").asText("x"))
                .isEmpty();
        assertThat(api.get("/api/v2/lookups/lookup-gender").status()).isEqualTo(403);
    }

    @Test
    void agencies_places_and_modules_are_there() {
        assertThat(api.get("/api/v2/agencies?per=1000").values("unique_id")).contains("agency-cif", "agency-mosvy");
        assertThat(api.get("/api/v2/locations?hierarchy=true&per=10000").values("code"))
                .contains("1010101", "12");
    }

    @Test
    void the_forms_have_the_fields_of_the_country() {
        String forms = api.get("/api/v2/forms?record_type=case&module_id=primeromodule-cp")
                .body();
        assertThat(forms)
                .contains(
                        "oscar_number",
                        "oscar_short_id",
                        "referral_status_edf41f2",
                        "oscar_referral_id_a4ac8a5",
                        "referral_notes_from_oscar_2e787b8",
                        "\"lookup lookup-service-subtype\"");
    }
}
