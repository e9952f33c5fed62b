package dev.tandem.primero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CaseDifferenceTest {
    private static final String CURRENT = """
            {"id":"a1","oscar_number":"N1","oscar_status":"Active","age":9,"consent_for_services":true,"mosvy_number":null,
             "services_section":[
              {"unique_id":"d1","service_subtype":["counselling_trauma"],"service_response_day_time":"2026-03-01T00:00:00.000Z",
               "referral_status_edf41f2":"pending_310366","oscar_case_worker_name":"Worker One"},
              {"unique_id":"d2","referral_status_edf41f2":"pending_310366"}]}
            """;

    private static ObjectNode json(String json) {
        try {
            return (ObjectNode) new ObjectMapper().readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Fragment fragment(String key, String fields, String... rows) {
        return new Fragment(
                key,
                "any",
                Optional.empty(),
                json(fields),
                Stream.of(rows).map(CaseDifferenceTest::json).toList());
    }

    private static CaseDifference difference(Fragment... fragments) {
        return CaseDifference.between(List.of(fragments), json(CURRENT));
    }

    @Test
    void what_is_already_so_is_not_written_and_its_effect_is_fulfilled() {
        CaseDifference difference = difference(
                fragment("ids", "{\"oscar_number\":\"N1\",\"age\":9.0,\"mosvy_number\":\"\"}"),
                fragment(
                        "service:cif:12:u",
                        "{\"services_section\":[]}",
                        "{\"unique_id\":\"D1\",\"service_subtype\":[\"counselling_trauma\"],"
                                + "\"service_response_day_time\":\"2026-03-01T07:00:00+07:00\"}"));
        assertThat(difference.data().isEmpty()).isTrue();
        assertThat(difference.data()).isEmpty();
        assertThat(difference.fulfilled()).containsExactly("ids", "service:cif:12:u");
    }

    @Test
    void only_differing_fields_and_columns_are_written_and_a_new_row_whole() {
        CaseDifference difference = difference(
                fragment("case", "{\"oscar_status\":\"Exited\",\"oscar_number\":\"N1\"}"),
                fragment(
                        "decision:cif:30",
                        "{}",
                        "{\"unique_id\":\"d1\",\"referral_status_edf41f2\":\"accepted_340953\",\"oscar_case_worker_name\":\"Worker One\"}"),
                fragment("service:cif:p:u", "{}", "{\"unique_id\":\"n1\",\"service_type\":\"counselling\"}"),
                fragment(
                        "service:cif:12:u",
                        "{}",
                        "{\"unique_id\":\"d2\",\"referral_status_edf41f2\":\"pending_310366\"}"));
        assertThat(difference.data()).isEqualTo(json("""
                                {"oscar_status":"Exited","services_section":[
                                 {"unique_id":"d1","referral_status_edf41f2":"accepted_340953"},
                                 {"unique_id":"n1","service_type":"counselling"}]}
                                """));
        assertThat(difference.fulfilled()).containsExactly("service:cif:12:u");
        assertThat(difference.changed().get("case")).containsExactly("oscar_status");
        assertThat(difference.changed().get("decision:cif:30"))
                .containsExactly("services_section/d1/referral_status_edf41f2");
        assertThat(difference.changed().get("service:cif:p:u"))
                .containsExactlyInAnyOrder("services_section/n1/unique_id", "services_section/n1/service_type");
    }

    @Test
    void r9_a_blank_never_replaces_a_value() {
        CaseDifference difference = difference(fragment(
                "case",
                "{\"oscar_number\":\"\",\"oscar_status\":null}",
                "{\"unique_id\":\"d1\",\"service_subtype\":[],\"oscar_case_worker_name\":\"\"}"));
        assertThat(difference.data().isEmpty()).isTrue();
    }

    @Test
    void two_effects_on_one_row_are_one_row() {
        CaseDifference difference = difference(
                fragment("service:cif:12:u", "{}", "{\"unique_id\":\"d1\",\"oscar_case_worker_name\":\"Worker Two\"}"),
                fragment("decision:cif:30", "{}", "{\"unique_id\":\"d1\",\"oscar_referral_id_a4ac8a5\":\"30\"}"));
        assertThat(difference.data().path("services_section"))
                .containsExactly(
                        json(
                                "{\"unique_id\":\"d1\",\"oscar_case_worker_name\":\"Worker Two\",\"oscar_referral_id_a4ac8a5\":\"30\"}"));
    }

    @Test
    void false_is_no_blank_a_date_is_no_instant_and_a_list_has_an_order() {
        JsonNode current = json(
                "{\"consent_for_services\":true,\"a\":\"2026-03-01\",\"b\":[\"x\",\"y\"],\"c\":\"2026-03-01T00:00:00.000Z\"}");
        Fragment wanted = fragment(
                "case",
                "{\"consent_for_services\":false,\"a\":\"2026-03-01T00:00:00.000Z\",\"b\":[\"y\",\"x\"],\"c\":\"2026-03-01T00:00:00Z\"}");
        assertThat(CaseDifference.between(List.of(wanted), current).changed().get("case"))
                .containsExactlyInAnyOrder("consent_for_services", "a", "b");
    }

    @Test
    void a_new_case_is_written_whole_blanks_included() {
        CaseDifference difference = CaseDifference.creating(
                "20673dfe-3699-5d80-8602-41f4acbb6eef",
                List.of(
                        fragment("case", "{\"oscar_number\":\"N1\",\"mosvy_number\":\"\",\"owned_by\":null}"),
                        fragment("service:cif:12:u", "{}", "{\"unique_id\":\"u\",\"service_type\":\"x\"}")));
        assertThat(difference.data()).isEqualTo(json("""
                                {"id":"20673dfe-3699-5d80-8602-41f4acbb6eef","oscar_number":"N1","mosvy_number":"","owned_by":null,
                                 "services_section":[{"unique_id":"u","service_type":"x"}]}
                                """));
        assertThat(difference.fulfilled()).isEmpty();
        assertThat(CaseDifference.creating("x", List.of(fragment("case", "{}")))
                        .data()
                        .path("services_section"))
                .isEmpty();
    }

    @Test
    void a_row_without_unique_id_is_never_written() {
        assertThatThrownBy(() -> difference(fragment("service:cif:12:u", "{}", "{\"service_type\":\"x\"}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void after_applying_the_difference_nothing_differs() {
        Fragment wanted = fragment(
                "case",
                "{\"oscar_status\":\"Exited\",\"mosvy_number\":\"0012\"}",
                "{\"unique_id\":\"d2\",\"referral_status_edf41f2\":\"rejected_936484\",\"service_subtype\":[\"a\"]}",
                "{\"unique_id\":\"n1\",\"service_subtype\":[null,\"b\"]}");
        ObjectNode current = json(CURRENT);
        ObjectNode data = CaseDifference.between(List.of(wanted), current).data();
        merge(current, data);
        assertThat(CaseDifference.between(List.of(wanted), current).data().isEmpty())
                .isTrue();
        assertThat(WriteCheck.dropped(data, current)).isEmpty();
        assertThat(current.path("services_section")).hasSize(3);
    }

    /** Contract primero-v2 §3.7, as far as it matters here. */
    private static void merge(ObjectNode current, ObjectNode data) {
        data.properties().forEach(field -> {
            if (!field.getKey().equals("services_section")) {
                current.set(field.getKey(), field.getValue());
            }
        });
        for (JsonNode row : data.path("services_section")) {
            List<JsonNode> there = CaseDifference.rowsWith(row.path("unique_id").asText(), current);
            if (there.isEmpty()) {
                ((com.fasterxml.jackson.databind.node.ArrayNode) current.get("services_section")).add(row);
            } else {
                ((ObjectNode) there.get(0)).setAll((ObjectNode) row);
            }
        }
    }

    @Test
    void what_primero_dropped_without_a_word_is_named_without_its_value() {
        ObjectNode intended = json("""
                {"id":"a1","owned_by":"mgrstg","oscar_status":"Exited","workflow":"x","mark_synced":true,"services_section":[
                 {"unique_id":"d1","service_type":"counselling","oscar_case_worker_name":"Worker One"},
                 {"unique_id":"n1","service_type":"counselling"}]}
                """);
        ObjectNode readBack = json(CURRENT);
        readBack.put("oscar_status", "Exited").put("owned_by", "someone");
        assertThat(WriteCheck.dropped(intended, readBack))
                .containsExactly("owned_by", "workflow", "services_section.service_type", "services_section.unique_id");
    }

    @Test
    void the_fingerprint_counts_what_belongs_to_the_case_and_when_it_changed() {
        byte[] content = CaseFingerprint.content(json(CURRENT));
        ObjectNode seenByAnother = json(CURRENT);
        seenByAnother.put("record_in_scope", false).put("alert_count", 3).put("sync_status", "sent");
        seenByAnother.putArray("photos").add("x");
        assertThat(CaseFingerprint.content(seenByAnother)).isEqualTo(content);
        ObjectNode touched = json(CURRENT).put("last_updated_at", "2026-03-02T00:00:00.000Z");
        assertThat(CaseFingerprint.content(touched)).isNotEqualTo(content);
        assertThat(touched.has("last_updated_at")).isTrue();
    }
}
