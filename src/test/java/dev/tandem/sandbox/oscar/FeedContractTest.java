package dev.tandem.sandbox.oscar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract oscar-interop §2.2, §2.3 and §2.5 to §2.7. */
class FeedContractTest extends OscarTest {
    private static final List<String> A = List.of(
            ("slug global_id external_id external_id_display mosvy_number given_name family_name gender date_of_birth"
                            + " location_current_village_code address_current_village_code organization_id"
                            + " organization_name external_case_worker_name external_case_worker_id"
                            + " reason_for_referral status case_worker_name case_worker_mobile is_referred"
                            + " referral_consent_form organization_address_code level_of_risk services")
                    .split(" "));
    private static final List<String> B = List.of(
            ("given_name family_name local_given_name local_family_name gender date_of_birth global_id slug external_id"
                            + " external_id_display status mosvy_number location_current_village_code case_worker_name"
                            + " case_worker_mobile is_referred organization_name organization_address_code resource"
                            + " services")
                    .split(" "));

    @Test
    void a_client_referred_to_the_ministry_has_shape_a() {
        oscar.admin("cif").addProgram("Education", "School support");
        String slug = cif.newClient(ClientForm.named("Sok", "Testa")
                .born("22012-01-01")
                .livesAt("02040302")
                .workers(1, 2));
        cif.enrol(slug, "Education");
        int referral = cif.referToMinistry(slug, Outward.of("no action", "Kinship care"));

        JsonNode row = row(api.feed(), slug);
        assertThat(keys(row)).isEqualTo(A);
        assertThat(row.get("external_id").isNull()).isTrue();
        assertThat(row.get("mosvy_number").isNull()).isTrue();
        assertThat(row.get("organization_id").isInt()).isTrue();
        assertThat(row.get("date_of_birth").asText()).isEqualTo("22012-01-01");
        assertThat(row.get("location_current_village_code").asText()).isEqualTo("02040302");
        assertThat(row.get("case_worker_name").asText()).isEqualTo("Dara Example, Mey Example");
        assertThat(row.get("case_worker_mobile").asText()).isEqualTo("012000001");
        assertThat(row.get("is_referred").asBoolean()).isTrue();
        assertThat(row.get("level_of_risk").asText()).isEqualTo("no action");
        assertThat(row.get("referral_consent_form")).hasSize(1);
        assertThat(row.get("organization_address_code").asText()).isEqualTo("120611");
        assertThat(row.get("services").toString()).isEqualTo("""
                        [{"program_name":"Education","enrollment_date":"2026-03-10",\
                        "uuid":"a5647de9-4849-4106-a85c-6dbc0ac0ba50","name":"School support"},\
                        {"program_name":null,"enrollment_date":null,\
                        "uuid":"1a1accbd-90a9-4c71-a077-2595322744cb","name":"Kinship care",\
                        "referral_id":%d,"referral_status":"Referred"}]""".formatted(referral));
    }

    @Test
    void everyone_else_has_shape_b_and_no_services_without_external_id() {
        oscar.admin("cif").addProgram("Education", "School support");
        String slug = cif.newClient(ClientForm.named(null, "Sample").localName("វណ្ណា", null));
        cif.enrol(slug, "Education");

        JsonNode row = row(api.feed(), slug);
        assertThat(keys(row)).isEqualTo(B);
        assertThat(row.get("given_name").asText()).isEqualTo("វណ្ណា");
        assertThat(row.get("local_family_name").isNull()).isTrue();
        assertThat(row.get("external_id").asText("null")).isEmpty();
        assertThat(row.get("mosvy_number").asText("null")).isEmpty();
        assertThat(row.get("resource").isNull()).isTrue();
        assertThat(row.get("is_referred").asBoolean()).isFalse();
        assertThat(row.get("services")).isEmpty();

        cif.editClient(slug, form -> form.externalId(CASE, "0000001"));
        JsonNode linked = row(api.feed(), slug);
        assertThat(linked.get("resource").asText()).isEqualTo("primero");
        assertThat(linked.get("services")).hasSize(1);
    }

    @Test
    void a_client_from_the_ministry_stays_in_b_and_is_referred_all_the_same() {
        String slug = takenUp();

        JsonNode row = row(api.feed(), slug);
        assertThat(keys(row)).isEqualTo(B);
        assertThat(row.get("is_referred").asBoolean()).isTrue();
        assertThat(row.at("/services/0/referral_status").asText()).isEqualTo("Referred");
    }

    @Test
    void a_client_referred_to_another_ngo_only_stays_in_b() {
        String slug = newChild();
        cif.referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));

        assertThat(keys(row(api.feed(), slug))).isEqualTo(B);
    }

    @Test
    void names_gender_and_birth_date_decide_who_is_seen() {
        String seen = newChild();
        cif.newClient(ClientForm.named("  ", "Testa"));
        cif.newClient(ClientForm.named("Sok", null));
        cif.newClient(ClientForm.named("Sok", "Testa").gender(""));
        cif.newClient(ClientForm.named("Sok", "Testa").gender(null));
        cif.newClient(ClientForm.named("Sok", "Testa").born(null));
        String exited = newChild();
        cif.exit(exited);

        assertThat(texts(api.feed().data(), "slug")).containsExactlyInAnyOrder(seen, exited);
    }

    @Test
    void an_archived_client_moves_from_a_to_b_with_nothing_to_tell() {
        String slug = newChild();
        cif.referToMinistry(slug, Outward.of("high", "Kinship care"));
        Instant before = client(slug).updatedAt();
        later(Duration.ofDays(1));
        cif.softDelete(slug);

        assertThat(keys(row(api.feed(), slug))).isEqualTo(B);
        assertThat(client(slug).updatedAt()).isEqualTo(before);
    }

    @Test
    void tenants_are_concatenated_a_before_b_each_newest_first() {
        List<String> cifOrder = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String slug = newChild();
            if (i % 2 == 0) {
                cif.referToMinistry(slug, Outward.of("low", "Kinship care"));
            }
            cifOrder.add(slug);
            later(Duration.ofMinutes(1));
        }
        String other = gpc.newClient(ClientForm.named("Srey", "Sample"));

        assertThat(texts(api.feed().data(), "slug"))
                .containsExactly(cifOrder.get(2), cifOrder.get(0), cifOrder.get(3), cifOrder.get(1), other);
    }

    @Test
    void the_same_person_in_two_ngos_gives_two_rows_with_one_global_id() {
        String first = newChild();
        String second = gpc.sameChild(cif, first, ClientForm.named("Sok", "Testa"));

        JsonNode data = api.feed().data();
        assertThat(texts(data, "slug")).containsExactly(first, second).doesNotHaveDuplicates();
        assertThat(texts(data, "global_id"))
                .hasSize(2)
                .containsOnly(client(first).globalId());
    }

    @Test
    void ngos_that_are_not_integrated_or_removed_are_absent() {
        newChild();
        gpc.newClient(ClientForm.named("Srey", "Sample"));
        oscar.admin("cif").integrated(false);
        assertThat(texts(api.feed().data(), "organization_name")).containsExactly("gpc");

        oscar.admin("gpc").removeNgo();
        assertThat(api.feed().text()).isEqualTo("{\"data\":[]}");
    }

    @Test
    void program_rows_merge_and_keep_the_first_enrolment_of_an_exited_program() {
        oscar.admin("cif").addProgram("Education", "School support", "Life skills");
        String slug = cif.newClient(ClientForm.named("Sok", "Testa").externalId(CASE, ""));
        cif.enrol(slug, "Education");
        cif.leaveProgram(slug, "Education");
        later(Duration.ofDays(3));
        cif.enrol(slug, "Education");

        JsonNode services = row(api.feed(), slug).get("services");
        assertThat(texts(services, "name")).containsExactlyInAnyOrder("School support", "Life skills");
        assertThat(texts(services, "enrollment_date")).containsOnly("2026-03-10");
        assertThat(keys(services.get(0))).containsExactly("program_name", "enrollment_date", "uuid", "name");
    }

    @Test
    void a_homonym_gives_two_rows_of_one_referral() {
        String slug = newChild();
        int referral = cif.referToMinistry(slug, Outward.of("low", "Therapeutic training"));

        JsonNode services = row(api.feed(), slug).get("services");
        assertThat(texts(services, "referral_id")).containsExactly("" + referral, "" + referral);
        assertThat(texts(services, "uuid")).hasSize(2).containsOnly("9ea024e4-9a6b-4e6e-a0d6-e65758ef5462");
    }

    @Test
    void level_and_reason_are_those_of_the_last_referral_whatever_order_the_rows_have() {
        String slug = newChild();
        int first = cif.referToMinistry(slug, Outward.of("high", "Kinship care"));
        int second = cif.referToMinistry(slug, Outward.of("", "School support"));
        cif.setReferralStatus(first, "Accepted");

        JsonNode row = row(api.feed(), slug);
        assertThat(row.get("level_of_risk").asText()).isEmpty();
        assertThat(texts(row.get("services"), "referral_id")).containsExactly("" + second, "" + first);
    }

    @Test
    void codes_of_any_depth_come_as_text_with_their_zeros() {
        for (String code : List.of("", "02", "0204", "020403", "02040302", "0004")) {
            String slug = cif.newClient(ClientForm.named("Sok", "Testa").livesAt(code));
            assertThat(row(api.feed(), slug)
                            .get("location_current_village_code")
                            .textValue())
                    .isEqualTo(code);
        }
    }

    @Test
    void one_poisoned_tenant_with_a_referred_client_breaks_the_whole_feed() {
        newChild();
        String slug = gpc.newClient(ClientForm.named("Srey", "Sample"));
        oscar.admin("gpc").poison();
        assertThat(row(api.feed(), slug).get("organization_address_code").asText())
                .isEqualTo("1201");

        gpc.referToMinistry(slug, Outward.of("low", "Kinship care"));
        assertThat(api.feed().status()).isEqualTo(500);

        oscar.admin("gpc").organizationAddress("");
        assertThat(row(api.feed(), slug).get("organization_address_code").asText("null"))
                .isEmpty();
        oscar.admin("gpc").withoutSetting();
        assertThat(api.feed().status()).isEqualTo(500);
    }

    @Test
    void unknown_parameters_are_ignored_and_a_slash_at_the_end_is_accepted() {
        newChild();

        assertThat(api.send("GET", "/organizations/clients/?referred_external=true", null)
                        .data())
                .hasSize(1);
        assertThat(Json.read(api.feed("").text()).get("data")).hasSize(1);
    }
}
