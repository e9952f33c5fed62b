package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Json;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §6 and §0.4. */
class MinorEndpointsContractTest extends OscarTest {

    @Test
    void duplication_answers_without_token_found_or_not_and_fails_without_an_address() {
        Api stranger = new Api(oscar);
        String path = "/organizations/clients/check_duplication";
        String child = path + "?given_name=Sok&family_name=Testa&date_of_birth=2014-09-08";
        newChild();

        assertThat(stranger.send("GET", child + "&address_current_village_code=02", null)
                        .text())
                .isEqualTo("{\"similar_fields\":\"Record was Found\"}");
        assertThat(stranger.send("GET", path + "?given_name=No&address_current_village_code=02", null)
                        .text())
                .isEqualTo("{\"similar_fields\":\"Record was not found\"}");
        assertThat(stranger.send("GET", child, null).status()).isEqualTo(500);
        assertThat(stranger.send("GET", path, null).status()).isEqualTo(500);
    }

    @Test
    void transactions_are_gone() {
        Api.Got got = api.send("GET", "/organizations/transactions/1", null);

        assertThat(got.status()).isEqualTo(500);
        assertThat(got.text()).isEqualTo("{\"message\":\"Record error. Please check OSCaR logs for details.\"}");
    }

    @Test
    void organizations_are_listed_without_telling_which_are_in_the_feed() {
        oscar.admin("gpc").integrated(false);

        var list = new Api(oscar).send("GET", "/organizations", null).json().get("organizations");
        assertThat(texts(list, "short_name")).containsExactly("cif", "gpc");
        assertThat(keys(list.get(0))).containsExactly("id", "full_name", "short_name", "logo", "country", "demo");
        assertThat(api.send("GET", "/organizations/listing", null).status()).isEqualTo(500);
    }

    @Test
    void tenants_cannot_be_made_or_changed_with_our_token() {
        assertThat(api.send("POST", "/organizations", Json.object()).status()).isEqualTo(401);
        assertThat(api.send("DELETE", "/organizations/1", null).status()).isEqualTo(401);
    }
}
