package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.Hold;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §3.7 to §3.10. */
class MergeAndEffectsTest extends PrimeroTestBase {
    private static String rows(String rows) {
        return "{\"services_section\":[" + rows + "]}";
    }

    private static String row(String id, String more) {
        return "{\"unique_id\":\"" + id + "\"" + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private String caseWithTwoRows() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(
                at(id),
                rows(row(UUID_1, "\"service_type\":\"counselling\",\"service_referral_notes\":\"one\"") + ","
                        + row(UUID_2, "\"service_type\":\"other\"")));
        return id;
    }

    private JsonNode services(String id) {
        return read(id).path("services_section");
    }

    @Test
    void a_row_not_sent_stays_and_so_does_a_column_not_sent() {
        String id = caseWithTwoRows();
        api.patch(at(id), rows(row(UUID_1, "\"service_type\":\"other\"")));
        assertThat(services(id)).hasSize(2);
        assertThat(services(id).path(0).path("service_type").asText()).isEqualTo("other");
        assertThat(services(id).path(0).path("service_referral_notes").asText()).isEqualTo("one");
        assertThat(services(id).path(1).path("unique_id").asText()).isEqualTo(UUID_2);
    }

    @Test
    void an_empty_list_or_null_deletes_nothing() {
        String id = caseWithTwoRows();
        assertThat(api.patch(at(id), "{\"services_section\":[]}").status()).isEqualTo(200);
        assertThat(api.patch(at(id), "{\"services_section\":null}").status()).isEqualTo(200);
        assertThat(services(id)).hasSize(2);
    }

    @Test
    void only_destroy_deletes_a_row() {
        String id = caseWithTwoRows();
        api.patch(at(id), rows(row(UUID_1, "\"_delete\":true")));
        assertThat(services(id)).hasSize(2);
        api.patch(at(id), rows(row(UUID_1, "\"_destroy\":true")));
        assertThat(services(id)).hasSize(1);
        assertThat(services(id).path(0).path("unique_id").asText()).isEqualTo(UUID_2);
    }

    @Test
    void destroy_on_a_record_without_rows_is_stored_as_it_is() {
        JsonNode data = api.post(CASES, in("\"services_section\":[" + row(UUID_1, "\"_destroy\":true") + "]"))
                .data();
        assertThat(data.path("services_section").path(0).path("_destroy").asBoolean())
                .isTrue();
    }

    @Test
    void a_row_without_id_is_appended_each_time_and_gets_one() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(at(id), rows("{\"service_type\":\"other\"}"));
        api.patch(at(id), rows("{\"service_type\":\"other\"}"));
        assertThat(services(id)).hasSize(2);
        assertThat(services(id).path(0).path("unique_id").asText()).hasSize(36);
        assertThat(services(id).path(0).path("unique_id"))
                .isNotEqualTo(services(id).path(1).path("unique_id"));
    }

    @Test
    void two_new_rows_with_one_new_id_are_both_inserted() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(at(id), rows("{\"service_type\":\"other\"}"));
        api.patch(at(id), rows(row(UUID_1, "") + "," + row(UUID_1, "")));
        assertThat(services(id)).hasSize(3);
    }

    @Test
    void lists_of_strings_are_replaced_whole_and_cleared_by_an_empty_one() {
        String id = worker.newCase(Map.of("protection_concerns", List.of("neglect", "separated")));
        api.patch(at(id), "{\"protection_concerns\":[\"trafficked\"]}");
        assertThat(read(id).path("protection_concerns").toString()).isEqualTo("[\"trafficked\"]");
        api.patch(at(id), "{\"protection_concerns\":[]}");
        assertThat(read(id).path("protection_concerns").size()).isZero();
    }

    @Test
    void a_changed_subform_is_answered_whole() {
        String id = caseWithTwoRows();
        JsonNode data = api.patch(at(id), rows(row(UUID_1, "\"service_type\":\"other\"")))
                .data();
        assertThat(data.path("services_section")).hasSize(2);
    }

    @Test
    void rows_become_implemented_or_not() {
        String id = caseWithTwoRows();
        assertThat(services(id).path(0).path("service_implemented").asText()).isEqualTo("not_implemented");
        api.patch(at(id), rows(row(UUID_1, "\"service_implemented_day_time\":\"2026-03-01T00:00:00Z\"")));
        assertThat(services(id).path(0).path("service_implemented").asText()).isEqualTo("implemented");
    }

    @Test
    void the_workflow_follows_the_newest_row_that_is_not_implemented() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(
                at(id),
                rows(
                        row(
                                        UUID_1,
                                        "\"service_type\":\"other\",\"service_response_type\":\"referral_to_oscar\",\"service_response_day_time\":\"2026-02-02T00:00:00Z\"")
                                + ","
                                + row(
                                        UUID_2,
                                        "\"service_type\":\"other\",\"service_response_type\":\"care_plan\",\"service_response_day_time\":\"2026-01-01T00:00:00Z\"")));
        assertThat(read(id).path("workflow").asText()).isEqualTo("referral_to_oscar");
        String done = "\"service_implemented_day_time\":\"2026-03-01T00:00:00Z\"";
        api.patch(at(id), rows(row(UUID_1, done)));
        assertThat(read(id).path("workflow").asText()).isEqualTo("care_plan");
        api.patch(at(id), rows(row(UUID_2, done)));
        assertThat(read(id).path("workflow").asText()).isEqualTo("services_implemented");
    }

    @Test
    void a_new_row_reopens_a_closed_case_an_edited_one_does_not() {
        String id = caseWithTwoRows();
        worker.close(id);
        api.patch(at(id), rows(row(UUID_1, "\"service_type\":\"other\"")));
        assertThat(read(id).path("status").asText()).isEqualTo("closed");
        assertThat(read(id).path("workflow").asText()).isEqualTo("closed");
        assertThat(read(id).path("date_closure").asText()).isEqualTo("2026-03-01");
        api.patch(at(id), rows("{\"service_type\":\"other\"}"));
        assertThat(read(id).path("status").asText()).isEqualTo("open");
        assertThat(read(id).path("workflow").asText()).isEqualTo("reopened");
        assertThat(read(id).path("case_status_reopened").asBoolean()).isTrue();
        assertThat(read(id).path("reopened_logs")).hasSize(1);
    }

    @Test
    void a_new_row_does_not_reopen_a_disabled_case() {
        String id = caseWithTwoRows();
        worker.close(id);
        worker.disable(id);
        api.patch(at(id), rows("{\"service_type\":\"other\"}"));
        assertThat(read(id).path("status").asText()).isEqualTo("closed");
    }

    @Test
    void a_known_owner_brings_agency_groups_and_scope() {
        String id = worker.newCase(Map.of("age", 1));
        api.patch(at(id), "{\"owned_by\":\"agency-cif-user\"}");
        assertThat(read(id).path("owned_by_agency_id").asText()).isEqualTo("agency-cif");
        assertThat(read(id).path("associated_user_names").toString()).isEqualTo("[\"agency-cif-user\"]");
        assertThat(read(id).path("previously_owned_by").asText()).isEqualTo("mgrpnh");
    }

    @Test
    void an_unknown_owner_is_no_error_on_update_and_costs_the_real_owner_the_scope() {
        String id = worker.newCase(Map.of("age", 1));
        assertThat(api.patch(at(id), "{\"owned_by\":\"MgrKep\"}").status()).isEqualTo(200);
        assertThat(read(id).path("owned_by").asText()).isEqualTo("mgrpnh");
        assertThat(read(id).path("associated_user_names").toString()).isEqualTo("[\"MgrKep\"]");
        assertThat(new PrimeroCaller(primero.url(), "mgrpnh", Configuration.HUMAN_PASSWORD)
                        .get(at(id))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void an_unknown_owner_on_create_leaves_none() {
        JsonNode data = api.post(CASES, in("\"owned_by\":\"nobody\"")).data();
        assertThat(data.path("owned_by").isNull()).isTrue();
    }

    @Test
    void null_as_owner_is_the_caller_on_create_and_nobody_on_update() {
        String id = api.post(CASES, in("\"owned_by\":null")).data().path("id").asText();
        assertThat(read(id).path("owned_by").asText()).isEqualTo("tandem");
        String agency = read(id).path("owned_by_agency_id").asText();
        assertThat(agency).isNotEmpty();
        api.patch(at(id), "{\"owned_by\":null}");
        assertThat(read(id).path("owned_by").isNull()).isTrue();
        assertThat(read(id).path("owned_by_agency_id").asText()).isEqualTo(agency);
    }

    @Test
    void the_last_writer_wins_even_on_other_fields() {
        String id = worker.newCase(Map.of("age", 1, "name_first", "Before"));
        primero.inNextSave(() -> worker.edit(id, Map.of("name_first", "Lost")));
        api.patch(at(id), "{\"age\":2}");
        assertThat(read(id).path("name_first").asText()).isEqualTo("Before");
        assertThat(read(id).path("age").asInt()).isEqualTo(2);
    }

    @Test
    void of_two_patches_at_once_the_slower_save_takes_the_other_back() throws Exception {
        String id = worker.newCase(Map.of("age", 1, "name_first", "Before"));
        String other = worker.newCase(Map.of("age", 1));
        Hold hold = primero.holdNextSave(id);
        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(
                () -> api.patch(at(id), "{\"age\":2}").status());
        assertThat(hold.awaitCall(Duration.ofSeconds(10))).isTrue();
        assertThat(api.patch(at(id), "{\"name_first\":\"Lost\"}").status()).isEqualTo(200);
        assertThat(api.patch(at(other), "{\"age\":3}").status()).isEqualTo(200);
        assertThat(read(id).path("name_first").asText()).isEqualTo("Lost");
        hold.release();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(read(id).path("name_first").asText()).isEqualTo("Before");
        assertThat(read(id).path("age").asInt()).isEqualTo(2);
        assertThat(read(other).path("age").asInt()).isEqualTo(3);
    }
}
