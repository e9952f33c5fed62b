package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §3.2 to §3.4: which referral comes into being, and what is answered. */
class UpsertContractTest extends OscarTest {
    private static final String UNKNOWN = "01HZX3V9K2M4N6P8Q0R2S4T6V8";

    private int referrals() {
        return oscar.checks().referrals().size();
    }

    @Test
    void u0_nothing_without_an_organization_name() {
        for (ObjectNode body :
                new ObjectNode[] {Json.object(), Api.referral("", CASE, ""), Api.referral(" ", CASE, "")}) {
            Api.Got got = api.upsert(body);
            assertThat(got.status()).isEqualTo(422);
            assertThat(got.text()).isEqualTo("{\"message\":\"Record error. Please check OSCaR logs for details.\"}");
        }
        assertThat(api.send("POST", "/organizations/clients/upsert", Json.array())
                        .status())
                .isEqualTo(422);
        assertThat(referrals()).isZero();
        assertThat(oscar.checks().identities()).isZero();
    }

    @Test
    void u1_the_name_is_taken_as_a_schema() {
        assertThat(api.upsert(Api.referral("nobody", CASE, "")).status()).isEqualTo(500);
        assertThat(api.upsert(Api.referral("public", CASE, "")).status()).isEqualTo(500);
        oscar.admin("gpc").integrated(false);
        assertThat(api.upsert(Api.referral("gpc", CASE, "")).status()).isEqualTo(200);
        assertThat(referrals()).isEqualTo(1);
    }

    @Test
    void r1_an_unknown_child_gets_a_pending_referral_and_an_identity() {
        Api.Got got = api.upsert(Api.referral("cif", CASE, ""));

        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("{\"external_id\":\"" + CASE + "\",\"message\":\"Record saved.\"}");
        assertThat(oscar.checks().referrals("cif", CASE)).singleElement().satisfies(r -> {
            assertThat(r.pending()).isTrue();
            assertThat(r.status()).isEqualTo("Referred");
            assertThat(oscar.checks().isIdentity(r.globalId())).isTrue();
        });
        assertThat(oscar.checks().systemLinks()).isEqualTo(1);
        assertThat(api.feed().data()).isEmpty();
    }

    @Test
    void r1_refused_leaves_an_orphan_identity_and_no_referral() {
        Api.Got got = api.upsert(Api.referral("cif", CASE, "").put("level_of_risk", "severe"));

        assertThat(got.status()).isEqualTo(422);
        assertThat(got.text())
                .isEqualTo("{\"external_id\":\"" + CASE
                        + "\",\"message\":{\"level_of_risk\":[\"is not included in the list\"]}}");
        assertThat(referrals()).isZero();
        assertThat(oscar.checks().identities()).isEqualTo(1);
    }

    @Test
    void r1x_an_unknown_global_id_is_500_after_the_write_and_a_repeat_doubles() {
        assertThat(api.upsert(Api.referral("cif", CASE, UNKNOWN)).status()).isEqualTo(500);
        assertThat(referrals()).isEqualTo(1);

        assertThat(api.upsert(Api.referral("cif", CASE, UNKNOWN)).status()).isEqualTo(200);
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(2).allSatisfy(r -> assertThat(r.globalId())
                .isEqualTo(UNKNOWN));
        assertThat(oscar.checks().identities()).isZero();

        String slug = cif.takeUp(1);
        assertThat(client(slug).globalId()).isNotEqualTo(UNKNOWN);
        assertThat(oscar.checks().referrals("cif", CASE))
                .allSatisfy(r -> assertThat(r.slug()).isEqualTo(slug));
    }

    @Test
    void r2_a_repeat_while_pending_makes_another_referral_of_the_same_person() {
        api.upsert(Api.referral("cif", CASE, ""));
        assertThat(api.upsert(Api.referral("cif", CASE, "")).status()).isEqualTo(200);

        var both = oscar.checks().referrals("cif", CASE);
        assertThat(both).hasSize(2);
        assertThat(both.get(1).globalId()).isEqualTo(both.get(0).globalId());
        assertThat(oscar.checks().identities()).as("one of them an orphan").isEqualTo(2);
        assertThat(oscar.checks().systemLinks()).isEqualTo(1);
    }

    @Test
    void r3_once_taken_up_the_record_was_found_and_nothing_saved() {
        takenUp();
        Api.Got got = api.upsert(Api.referral("cif", CASE, ""));

        assertThat(got.status()).isEqualTo(422);
        assertThat(got.text())
                .isEqualTo("{\"external_id\":\"" + CASE + "\",\"message\":\"Record was found.\",\"errors\":"
                        + "{\"global_id\":\"global_id must exist.\","
                        + "\"referral_status\":\"referral_status must be present.\"}}");
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(1);
        assertThat(oscar.checks().identities()).as("an orphan").isEqualTo(2);

        Api.Got withId = api.upsert(Api.referral("cif", CASE, UNKNOWN));
        assertThat(withId.status()).isEqualTo(422);
        assertThat(withId.json().get("errors")).isEmpty();
    }

    @Test
    void another_ngo_is_another_schema() {
        takenUp();

        assertThat(api.upsert(Api.referral("gpc", CASE, "")).status()).isEqualTo(200);
        assertThat(oscar.checks().referrals("gpc", CASE)).hasSize(1);
    }

    @Test
    void a_missing_external_id_matches_any_internal_referral() {
        String slug = newChild();
        cif.referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
        gpc.takeUp(1);
        ObjectNode body = Api.referral("gpc", CASE, "");
        body.remove("external_id");

        Api.Got got = api.upsert(body);
        assertThat(got.status()).isEqualTo(422);
        assertThat(got.json().get("message").asText()).isEqualTo("Record was found.");
        assertThat(got.json().get("external_id").isNull()).isTrue();
    }

    @Test
    void u3_a_known_client_gets_a_new_pending_referral_every_time() {
        String slug = takenUp();
        ObjectNode again = Api.referral("cif", CASE, client(slug).globalId());
        assertThat(api.upsert(again).status()).isEqualTo(200);
        assertThat(api.upsert(again).status()).isEqualTo(200);

        assertThat(oscar.checks().referrals("cif", CASE))
                .hasSize(3)
                .filteredOn(ReferralFacts::pending)
                .hasSize(2);
        assertThat(row(api.feed(), slug).get("services")).hasSize(1);
        assertThat(oscar.checks().identities()).isEqualTo(1);
        assertThat(client(slug).upserts()).isEqualTo(2);
    }

    @Test
    void u3_an_invalid_referral_skips_the_client() {
        String slug = takenUp();
        ObjectNode body = Api.referral("cif", CASE, client(slug).globalId()).put("given_name", "Other");
        body.set("services", Api.services("No such service"));

        Api.Got got = api.upsert(body);
        assertThat(got.status()).isEqualTo(422);
        assertThat(got.json().at("/message/services/0").asText()).isEqualTo("can't be blank");
        assertThat(client(slug).givenName()).isEqualTo("Vanna");
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(1);
    }

    @Test
    void u3_without_anyone_to_be_the_referee_raises() {
        String slug = cif.newClient(ClientForm.named("Sok", "Testa").withoutReceiver());
        oscar.admin("cif").withoutUsers();

        assertThat(api.upsert(Api.referral("cif", CASE, client(slug).globalId()))
                        .status())
                .isEqualTo(500);
        assertThat(referrals()).isZero();
    }

    @Test
    void u4_not_referred_updates_the_client_only_and_the_text_false_counts_as_true() {
        String slug = newChild();
        String globalId = client(slug).globalId();
        assertThat(api.upsert(Api.referral("cif", CASE, globalId).put("is_referred", false))
                        .status())
                .isEqualTo(200);
        assertThat(api.upsert(Api.referral("cif", CASE, globalId).putNull("is_referred"))
                        .status())
                .isEqualTo(200);
        assertThat(referrals()).isZero();
        assertThat(client(slug).externalId()).isEqualTo(CASE);

        api.upsert(Api.referral("cif", CASE, globalId).put("is_referred", "false"));
        assertThat(referrals()).isEqualTo(1);
    }

    @Test
    void u4_a_person_of_another_ngo_gets_no_referral_and_the_first_ngos_client_is_overwritten() {
        String slug = newChild();

        Api.Got got = api.upsert(Api.referral("gpc", CASE, client(slug).globalId()));
        assertThat(got.status()).isEqualTo(200);
        assertThat(got.text()).isEqualTo("{\"external_id\":\"" + CASE + "\",\"message\":\"Record saved.\"}");
        assertThat(referrals()).isZero();
        assertThat(client(slug).givenName()).isEqualTo("Vanna");
    }

    @Test
    void u3_addressed_to_the_second_ngo_refers_there_and_overwrites_the_first() {
        String first = newChild();
        String second = gpc.sameChild(cif, first, ClientForm.named("Sok", "Testa"));
        api.upsert(Api.referral("gpc", CASE, client(first).globalId()));

        assertThat(oscar.checks().referrals("gpc", CASE)).hasSize(1);
        assertThat(client(first).givenName()).isEqualTo("Vanna");
        assertThat(oscar.checks().client("gpc", second).givenName()).isEqualTo("Sok");
    }

    @Test
    void u5_a_person_known_from_a_pending_referral_only_is_searched_by_external_id() {
        api.upsert(Api.referral("cif", CASE, ""));
        String globalId = oscar.checks().referrals("cif", CASE).get(0).globalId();

        assertThat(api.upsert(Api.referral("cif", CASE, globalId)).status()).isEqualTo(200);
        assertThat(api.upsert(Api.referral("gpc", CASE, globalId)).status()).isEqualTo(200);
        assertThat(oscar.checks().referrals("cif", CASE)).hasSize(2);
        assertThat(oscar.checks().referrals("gpc", CASE)).singleElement().satisfies(r -> assertThat(r.globalId())
                .isEqualTo(globalId));
        assertThat(oscar.checks().identities()).isEqualTo(1);
    }

    @Test
    void a_known_client_whose_row_is_archived_raises() {
        String slug = newChild();
        cif.softDelete(slug);

        assertThat(api.upsert(Api.referral("cif", CASE, client(slug).globalId()))
                        .status())
                .isEqualTo(500);
        assertThat(referrals()).isZero();
    }

    @Test
    void at_this_head_referral_saves_raise_and_only_the_identity_stays() {
        String slug = newChild();
        oscar.switches().headRegression(true);
        assertThat(api.upsert(Api.referral("cif", CASE, "")).status()).isEqualTo(500);
        assertThat(api.upsert(Api.referral("cif", CASE, client(slug).globalId()))
                        .status())
                .isEqualTo(500);
        assertThat(referrals()).isZero();
        assertThat(oscar.checks().identities()).isEqualTo(2);
        assertThat(client(slug).upserts()).isZero();

        assertThat(api.upsert(Api.referral("cif", CASE, client(slug).globalId()).put("is_referred", false))
                        .status())
                .isEqualTo(200);
        assertThat(api.links(Json.of(Map.of("global_id", client(slug).globalId())))
                        .status())
                .isEqualTo(200);
    }
}
