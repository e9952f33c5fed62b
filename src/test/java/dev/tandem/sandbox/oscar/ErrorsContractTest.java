package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Json;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §7: pages, plain text, nothing at all. */
class ErrorsContractTest extends OscarTest {

    @Test
    void what_is_raised_is_plain_text_for_json_and_a_page_for_others() {
        Api.Got json = api.upsert(Api.referral("nobody", CASE, ""));
        assertThat(json.status()).isEqualTo(500);
        assertThat(json.header("content-type")).startsWith("text/plain");

        Api.Got html = Api.signedIn(oscar).without("Accept").upsert(Api.referral("nobody", CASE, ""));
        assertThat(html.status()).isEqualTo(500);
        assertThat(html.header("content-type")).startsWith("text/html");
        assertThat(html.text()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void an_unknown_route_is_500_for_json_and_a_404_page_for_others() {
        assertThat(api.send("PATCH", "/organizations/clients/update_links", Json.object())
                        .status())
                .isEqualTo(500);
        Api.Got page = new Api(oscar).without("Accept").send("GET", "/nothing", null);
        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("content-type")).startsWith("text/html");
    }

    @Test
    void malformed_json_is_an_empty_400() {
        for (String[] route : new String[][] {
            {"POST", "/organizations/clients/upsert"},
            {"PUT", "/organizations/clients/update_links"},
            {"PUT", "/organizations/referrals/update_statuses"},
            {"POST", "/admin_auth/sign_in"}
        }) {
            Api.Got got = api.sendText(route[0], route[1], "{\"organization\":");
            assertThat(got.status()).as(route[1]).isEqualTo(400);
            assertThat(got.text()).isEmpty();
        }
    }

    @Test
    void answers_are_json_in_utf_8() {
        String slug = cif.newClient(ClientForm.named("វណ្ណា", "តេស្ត"));

        assertThat(api.feed().header("content-type")).isEqualTo("application/json; charset=utf-8");
        assertThat(row(api.feed(), slug).get("given_name").asText()).isEqualTo("វណ្ណា");
    }

    @Test
    void a_slash_at_the_end_changes_nothing() {
        assertThat(api.send(
                                "POST",
                                "/organizations/clients/upsert/",
                                Json.object().set("organization", Api.referral("cif", CASE, "")))
                        .status())
                .isEqualTo(200);
    }
}
