package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §3.1 to §3.6. */
class CreateAndUpdateTest extends PrimeroTestBase {
    @Test
    void a_create_without_id_is_200_with_what_was_stored() {
        PrimeroCaller.Answer answer = api.post(CASES, in("\"name_first\":\"Sample\""));
        assertThat(answer.status()).isEqualTo(200);
        JsonNode data = answer.data();
        assertThat(data.path("name_first").asText()).isEqualTo("Sample");
        assertThat(data.path("status").asText()).isEqualTo("open");
        assertThat(data.path("workflow").asText()).isEqualTo("new");
        assertThat(data.path("registration_date").asText()).isEqualTo("2026-03-01");
        assertThat(data.path("owned_by").asText()).isEqualTo("tandem");
        assertThat(data.path("case_id").asText())
                .hasSize(36)
                .isNotEqualTo(data.path("id").asText());
        assertThat(data.path("case_id").asText()).endsWith(data.path("short_id").asText());
        assertThat(data.has("last_updated_by")).isFalse();
        assertThat(data.has("record_in_scope")).isFalse();
    }

    @Test
    void a_create_with_id_is_204_and_a_second_one_409() {
        PrimeroCaller.Answer answer = api.post(CASES, in("\"id\":\"" + UUID_1 + "\""));
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(read(UUID_1).path("id").asText()).isEqualTo(UUID_1);
        PrimeroCaller.Answer again = api.post(CASES, in("\"id\":\"" + UUID_1 + "\""));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().path("errors").path(0).path("message").asText()).startsWith("Conflict");
        assertThat(api.post(CASES, in("\"id\":\"" + UUID_1.replace("1", "A") + "\""))
                        .detail())
                .containsExactly("/id");
    }

    @Test
    void case_id_is_unique_oscar_number_is_not() {
        assertThat(api.post(CASES, in("\"case_id\":\"demo\",\"oscar_number\":\"N1\""))
                        .status())
                .isEqualTo(200);
        assertThat(api.post(CASES, in("\"case_id\":\"demo\"")).status()).isEqualTo(409);
        assertThat(api.post(CASES, in("\"oscar_number\":\"N1\"")).status()).isEqualTo(200);
        assertThat(primero.caseByOscarNumber("N1")).hasSize(2);
    }

    @Test
    void without_a_module_every_form_field_is_dropped() {
        JsonNode data = api.post(CASES, "{\"name_first\":\"Sample\"}").data();
        assertThat(data.has("name_first")).isFalse();
        assertThat(api.call("POST", CASES, "{}").status()).isEqualTo(200);
    }

    @Test
    void malformed_json_is_400_an_unknown_id_404() {
        assertThat(api.call("POST", CASES, "{\"data\":").status()).isEqualTo(400);
        PrimeroCaller.Answer unknown = api.get(at("x"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.detail()).first().asString().startsWith("Couldn't find Child");
        assertThat(unknown.json().path("errors").path(0).path("resource").asText())
                .isEqualTo(at("x"));
        assertThat(api.patch(at(UUID_1), "{}").status()).isEqualTo(404);
    }

    @Test
    void an_update_answers_only_what_changed() {
        String id = worker.newCase(Map.of("name_first", "Sample", "age", 5));
        tick();
        JsonNode data =
                api.patch(at(id), "{\"age\":6,\"name_first\":\"Sample\"}").data();
        assertThat(data.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("id", "enabled", "last_updated_at", "age");
        assertThat(data.path("last_updated_at").asText()).isEqualTo("2026-03-01T10:20:40.456Z");
    }

    @Test
    void an_update_without_effect_still_bumps_and_names_the_caller() {
        String id = worker.newCase(Map.of("age", 5));
        tick();
        assertThat(api.call("PATCH", at(id), "{}").status()).isEqualTo(200);
        assertThat(read(id).path("last_updated_at").asText()).isEqualTo("2026-03-01T10:20:40.456Z");
        assertThat(read(id).path("last_updated_by").asText()).isEqualTo("tandem");
        assertThat(primero.writesTo(id)).extracting(Write::hadEffect).containsExactly(true, false);
    }

    @Test
    void what_may_not_be_written_is_dropped_without_a_word() {
        String id = worker.newCase(Map.of("case_id", "demo", "protection_concerns", List.of("neglect")));
        PrimeroCaller.Answer answer = api.patch(
                at(id),
                "{\"no_such\":1,\"workflow\":\"closed\",\"case_id\":\"other\",\"last_updated_by\":\"x\",\"owned_by_full_name\":\"x\","
                        + "\"name_first\":[\"a\"],\"protection_concerns\":null,\"services_section\":\"x\",\"id\":\""
                        + UUID_2
                        + "\"}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.data().properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("id", "enabled", "last_updated_at");
        assertThat(read(id).path("case_id").asText()).isEqualTo("demo");
        assertThat(read(id).path("protection_concerns").size()).isEqualTo(1);
    }

    @Test
    void the_core_keys_stay_writable() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(at(id), "{\"record_state\":false,\"status\":\"closed\",\"created_at\":\"2020-01-01T00:00:00Z\"}");
        assertThat(read(id).path("enabled").asBoolean(true)).isFalse();
        assertThat(read(id).path("status").asText()).isEqualTo("closed");
        assertThat(read(id).path("created_at").asText()).isEqualTo("2020-01-01T00:00:00.000Z");
    }

    @Test
    void nulls_in_arrays_go() {
        String id = worker.newCase(Map.of("protection_concerns", List.of("neglect")));
        api.patch(at(id), "{\"protection_concerns\":[null,\"trafficked\"]}");
        assertThat(read(id).path("protection_concerns").toString()).isEqualTo("[\"trafficked\"]");
    }

    @Test
    void values_of_the_wrong_kind_are_refused_by_pointer_all_or_nothing() {
        String id = worker.newCase(Map.of("age", 1));
        PrimeroCaller.Answer answer = api.patch(
                at(id),
                "{\"name_first\":\"Good\",\"age\":\"9\",\"date_of_birth\":\"2026/03/01\",\"consent_for_services\":null,"
                        + "\"sex\":\"Female\",\"risk_level\":\"no action\",\"services_section\":[{\"service_type\":\"Other\","
                        + "\"service_response_day_time\":\"2026-03-01\",\"unique_id\":\"X\"}]}");
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail())
                .containsExactlyInAnyOrder(
                        "/age",
                        "/date_of_birth",
                        "/consent_for_services",
                        "/sex",
                        "/risk_level",
                        "/services_section/0/service_type",
                        "/services_section/0/service_response_day_time",
                        "/services_section/0/unique_id");
        assertThat(read(id).has("name_first")).isFalse();
    }

    @Test
    void a_text_that_looks_like_a_date_is_refused() {
        for (String text : List.of("2026-03-01", "2026-03-01T00:00:00Z", "2026-3-1 10:00:00")) {
            assertThat(api.post(CASES, in("\"mosvy_number\":\"" + text + "\"")).detail())
                    .as(text)
                    .containsExactly("/mosvy_number");
        }
        for (String text : List.of("2026-03-01T00:00", "2026-02-31", "1 2026-03-01")) {
            assertThat(api.post(CASES, in("\"mosvy_number\":\"" + text + "\"")).status())
                    .as(text)
                    .isEqualTo(200);
        }
    }

    @Test
    void dates_and_numbers_as_the_table_has_them() {
        assertThat(api.post(CASES, in("\"date_of_birth\":\"2026-02-31\"")).detail())
                .containsExactly("/date_of_birth");
        assertThat(api.post(CASES, in("\"date_of_birth\":\"2015-01-01T00:00:00Z\""))
                        .detail())
                .containsExactly("/date_of_birth");
        assertThat(api.post(CASES, in("\"date_of_birth\":\"\"")).status()).isEqualTo(422);
        assertThat(api.post(CASES, in("\"date_of_birth\":null,\"age\":9.0")).status())
                .isEqualTo(200);
        assertThat(api.post(CASES, in("\"age\":9.5")).detail()).containsExactly("/age");
        assertThat(api.post(CASES, in("\"age\":3000000000")).detail()).containsExactly("/age");
        assertThat(api.post(CASES, in("\"status\":\"odd\"")).detail()).containsExactly("/status");
        assertThat(api.post(CASES, "{\"module_id\":\"nowhere\"}").detail()).containsExactly("/module_id");
    }

    @Test
    void a_list_for_a_text_is_dropped_without_a_word() {
        String id = worker.newCase(Map.of("age", 1));
        assertThat(api.patch(at(id), "{\"oscar_reason_for_exiting\":[\"one\",\"two\"],\"age\":2}")
                        .status())
                .isEqualTo(200);
        assertThat(read(id).has("oscar_reason_for_exiting")).isFalse();
        assertThat(read(id).path("age").asInt()).isEqualTo(2);
    }

    @Test
    void without_the_right_to_create_it_is_403_whatever_was_sent() {
        String id = worker.newCase(Map.of("age", 1));
        primero.changeUser("tandem", user -> user.withRole(user.role().without("create")));
        assertThat(api.post(CASES, in("\"age\":\"nine\"")).status()).isEqualTo(403);
        assertThat(api.post(CASES, in("\"id\":\"" + id + "\"")).status()).isEqualTo(403);
    }

    @Test
    void places_agencies_and_users_are_never_checked() {
        assertThat(api.post(CASES, in("\"location_current\":\"nowhere\"")).status())
                .isEqualTo(200);
        assertThat(api.post(CASES, in("\"location_current\":12")).detail()).containsExactly("/location_current");
        assertThat(api.post(CASES, in("\"services_section\":[{\"service_implementing_agency\":\"agency-none\"}]"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void a_birth_in_a_future_year_is_the_models_refusal() {
        PrimeroCaller.Answer answer = api.post(CASES, in("\"date_of_birth\":\"2027-01-01\""));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.detail()).containsExactly("date_of_birth");
        assertThat(answer.json().path("errors").path(0).path("message").isArray())
                .isTrue();
    }

    @Test
    void instants_are_answered_in_utc_with_three_decimals() {
        JsonNode data = api.post(
                        CASES,
                        in("\"services_section\":[{\"service_response_day_time\":\"2026-03-01T07:00:00+07:00\"}]"))
                .data();
        assertThat(data.path("services_section")
                        .path(0)
                        .path("service_response_day_time")
                        .asText())
                .isEqualTo("2026-03-01T00:00:00.000Z");
    }

    @Test
    void a_delete_only_disables() {
        String id = worker.newCase(Map.of("age", 1));
        assertThat(api.delete(at(id)).data().path("id").asText()).isEqualTo(id);
        assertThat(read(id).path("record_state").asBoolean(true)).isFalse();
    }
}
