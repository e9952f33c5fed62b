package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Json;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §1. */
class SignInContractTest extends OscarTest {

    @Test
    void the_headers_are_the_credentials_and_expire_in_a_week() {
        Api.Got got = new Api(oscar).signIn(" Sync@Example.org ", "secret");

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.header("access-token")).isNotBlank();
        assertThat(got.header("client")).isNotBlank();
        assertThat(got.header("uid")).isEqualTo("sync@example.org");
        assertThat(got.header("token-type")).isEqualTo("Bearer");
        assertThat(got.header("expiry"))
                .isEqualTo(Long.toString(NOON.plus(Duration.ofDays(7)).getEpochSecond()));
        assertThat(keys(got.data()))
                .containsExactly("id", "email", "first_name", "last_name", "provider", "uid", "token", "role");
    }

    @Test
    void a_wrong_password_has_its_own_401() {
        Api.Got got = new Api(oscar).signIn("sync@example.org", "other");

        assertThat(got.status()).isEqualTo(401);
        assertThat(got.text())
                .isEqualTo("{\"success\":false,\"errors\":[\"Invalid login credentials. Please try again.\"]}");
    }

    @Test
    void get_on_the_path_is_405() {
        assertThat(api.send("GET", "/admin_auth/sign_in", null).status()).isEqualTo(405);
    }

    @Test
    void only_three_actions_want_the_token_and_all_three_headers() {
        String refused = "{\"errors\":[\"You need to sign in or sign up before continuing.\"]}";
        Api stranger = new Api(oscar);

        assertThat(stranger.feed().status()).isEqualTo(401);
        assertThat(stranger.feed().text()).isEqualTo(refused);
        assertThat(stranger.upsert(Api.referral("cif", CASE, "")).status()).isEqualTo(401);
        assertThat(stranger.links().status()).isEqualTo(401);
        assertThat(stranger.statuses(Json.object()).status()).isEqualTo(422);
        for (String header : new String[] {"access-token", "client", "uid"}) {
            assertThat(Api.signedIn(oscar).without(header).feed().status()).isEqualTo(401);
        }
    }

    @Test
    void tokens_do_not_rotate_nor_extend_and_end_after_a_week() {
        Api.Got first = api.feed();
        later(Duration.ofDays(7).minusSeconds(1));
        Api.Got last = api.feed();

        assertThat(last.status()).isEqualTo(200);
        assertThat(last.header("access-token")).isEqualTo(first.header("access-token"));
        assertThat(last.header("expiry")).isEqualTo(first.header("expiry"));
        later(Duration.ofSeconds(1));
        assertThat(api.feed().status()).isEqualTo(401);
    }

    @Test
    void another_sign_in_leaves_earlier_tokens_alive_and_drops_expired_ones() {
        Api second = Api.signedIn(oscar);
        assertThat(api.feed().status()).isEqualTo(200);
        assertThat(second.feed().status()).isEqualTo(200);
        assertThat(oscar.checks().liveTokens()).isEqualTo(2);

        later(Duration.ofDays(8));
        Api.signedIn(oscar);
        assertThat(oscar.checks().liveTokens()).isEqualTo(1);
    }

    @Test
    void sign_out_ends_one_token_and_validate_token_tells() {
        Api second = Api.signedIn(oscar);
        assertThat(second.send("GET", "/admin_auth/validate_token", null)
                        .json()
                        .at("/data/uid")
                        .asText())
                .isEqualTo("sync@example.org");
        assertThat(second.send("DELETE", "/admin_auth/sign_out", null).text()).isEqualTo("{\"success\":true}");

        Api.Got again = second.send("DELETE", "/admin_auth/sign_out", null);
        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text())
                .isEqualTo("{\"success\":false,\"errors\":[\"User was not found or was not logged in.\"]}");
        Api.Got invalid = second.send("GET", "/admin_auth/validate_token", null);
        assertThat(invalid.status()).isEqualTo(401);
        assertThat(invalid.text()).isEqualTo("{\"success\":false,\"errors\":[\"Invalid login credentials\"]}");
        assertThat(api.feed().status()).isEqualTo(200);
    }

    @Test
    void credentials_also_work_as_query_parameters() {
        Api.Got in = new Api(oscar).signIn("sync@example.org", "secret");
        String query = "?access-token=" + in.header("access-token") + "&client=" + in.header("client") + "&uid="
                + Api.encoded(in.header("uid"));

        assertThat(new Api(oscar)
                        .send("GET", "/organizations/clients" + query, null)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void an_unregistered_email_reads_internal_referrals_as_ours_and_can_refer_nobody() {
        String slug = newChild();
        cif.referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        oscar.switches().registered(false);

        var row = row(api.feed(), slug);
        assertThat(row.has("level_of_risk")).isTrue();
        assertThat(row.get("is_referred").asBoolean()).isFalse();
        assertThat(row.get("services")).hasSize(1);
        Api.Got refused = api.upsert(Api.referral("cif", CASE, ""));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/message/referred_from/0").asText()).isEqualTo("can't be blank");
    }

    @Test
    void expired_tokens_can_be_had_on_demand() {
        oscar.expireTokens();

        assertThat(api.feed().status()).isEqualTo(401);
    }
}
