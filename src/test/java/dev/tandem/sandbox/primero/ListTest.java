package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §2. */
class ListTest extends PrimeroTestBase {
    private String caseWith(String field, Object value) {
        return worker.newCase(Map.of(field, value));
    }

    @Test
    void newest_first_and_20_a_page_unless_told() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 21; i++) {
            ids.add(0, caseWith("age", i));
            tick();
        }
        PrimeroCaller.Answer first = api.get(CASES);
        assertThat(first.values("id")).isEqualTo(ids.subList(0, 20));
        assertThat(first.json().path("metadata").toString()).isEqualTo("{\"total\":21,\"per\":20,\"page\":1}");
        assertThat(api.get(CASES + "?page=2").values("id")).containsExactly(ids.get(20));
        assertThat(api.get(CASES + "?order=asc&per=1").values("id")).containsExactly(ids.get(20));
        assertThat(api.get(CASES + "?order=sideways&per=1").values("id")).containsExactly(ids.get(20));
    }

    @Test
    void per_above_1000_is_capped_without_a_word_and_the_echo_says_so() {
        for (int i = 0; i < 1001; i++) {
            primero.plant(Json.object());
        }
        PrimeroCaller.Answer answer = api.get(CASES + "?per=10000");
        assertThat(answer.data()).hasSize(1000);
        assertThat(answer.json().path("metadata").path("per").asInt()).isEqualTo(1000);
        assertThat(answer.total()).isEqualTo(1001);
    }

    @Test
    void per_0_gives_no_rows_and_page_0_breaks() {
        caseWith("age", 1);
        assertThat(api.get(CASES + "?per=0").data()).isEmpty();
        assertThat(api.get(CASES + "?per=x").data()).isEmpty();
        assertThat(api.get(CASES + "?page=0").status()).isEqualTo(500);
    }

    @Test
    void rows_with_the_same_key_come_in_another_order_each_time() {
        for (int i = 0; i < 30; i++) {
            caseWith("age", i);
        }
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            orders.add(api.get(CASES + "?per=30&order_by=last_updated_at").values("id"));
        }
        assertThat(orders).hasSizeGreaterThan(1);
        assertThat(orders.stream().map(HashSet::new).distinct()).hasSize(1);
    }

    @Test
    void pages_lose_rows_in_every_order_but_that_of_a_unique_field() {
        for (int i = 0; i < 100; i++) {
            caseWith("age", i);
        }
        for (String order : List.of("created_at", "last_updated_at", "id")) {
            assertThat(idsByPage(order)).as(order).hasSizeLessThan(100);
        }
        assertThat(idsByPage("case_id")).hasSize(100);
    }

    private Set<String> idsByPage(String order) {
        Set<String> ids = new HashSet<>();
        for (int page = 1; page <= 10; page++) {
            ids.addAll(api.get(CASES + "?per=10&order=asc&order_by=" + order + "&page=" + page)
                    .values("id"));
        }
        return ids;
    }

    @Test
    void nulls_come_first_on_desc_and_last_on_asc() {
        String without = caseWith("name_first", "Sample");
        String with = caseWith("age", 3);
        assertThat(api.get(CASES + "?order_by=age").values("id")).containsExactly(without, with);
        assertThat(api.get(CASES + "?order_by=age&order=asc").values("id")).containsExactly(with, without);
    }

    @Test
    void a_range_of_stamps_is_inclusive_by_whole_seconds() {
        String id = caseWith("age", 1);
        for (String within : List.of(
                "2026-03-01T10:20:30Z..",
                "2026-03-01T10:20:30.999Z..",
                "2026-03-01T17:20:30%2B07:00..",
                "2026-03-01T10:20:00Z..2026-03-01T10:20:30.001Z",
                "2026-03-01..",
                "2026-03-01..2026-03-01",
                "2026-02-01T00:00:00Z..2026-03-02")) {
            assertThat(api.get(CASES + "?last_updated_at=" + within).values("id"))
                    .as(within)
                    .containsExactly(id);
        }
        for (String outside : List.of(
                "2026-03-01T10:20:31Z..",
                "2026-03-01T10:20:00Z..2026-03-01T10:20:29.999Z",
                "2026-03-02..",
                "2026-02-01T00:00:00Z..2026-03-01")) {
            assertThat(api.get(CASES + "?last_updated_at=" + outside).total())
                    .as(outside)
                    .isZero();
        }
    }

    @Test
    void created_at_is_compared_exactly() {
        caseWith("age", 1);
        assertThat(api.get(CASES + "?created_at=2026-03-01T10:20:30.456Z..").total())
                .isEqualTo(1);
        assertThat(api.get(CASES + "?created_at=2026-03-01T10:20:30.457Z..").total())
                .isZero();
    }

    @Test
    void what_primero_does_not_recognise_is_no_filter_at_all() {
        caseWith("age", 1);
        caseWith("age", 2);
        for (String ignored : List.of(
                "remote=true",
                "case_status=open",
                "no_such_field=7",
                "last_updated_at=undefined..",
                "last_updated_at=..2020-01-01",
                "last_updated_at=..",
                "last_updated_at=2030-01-01T00:00:00+07:00..",
                "last_updated_at=2030-01-01T00:00..",
                "last_updated_at=2030-01-01T00:00:00%2B0700..")) {
            assertThat(api.get(CASES + "?" + ignored).total()).as(ignored).isEqualTo(2);
        }
    }

    @Test
    void case_id_is_a_filter_only_where_a_readable_form_has_it() {
        caseWith("case_id", "demo-1");
        caseWith("case_id", "demo-2");
        assertThat(api.get(CASES + "?case_id=demo-1").values("case_id")).containsExactly("demo-1");
        assertThat(api.get(CASES + "?case_id=nobody").total()).isZero();
        primero.changeUser("tandem", user -> user.withRole(user.role().hiding("basic_identity")));
        PrimeroCaller.Answer unfiltered = api.get(CASES + "?case_id=demo-1");
        assertThat(unfiltered.total()).isEqualTo(2);
        assertThat(unfiltered.data().path(0).has("case_id")).isFalse();
    }

    @Test
    void a_query_that_the_database_refuses_is_200_and_empty() {
        caseWith("age", 1);
        for (String refused : List.of(
                "last_updated_at=2026-03-01", "last_updated_at=2026-03-01T10:20:30Z", "status=7", "id=nonsense")) {
            PrimeroCaller.Answer answer = api.get(CASES + "?" + refused);
            assertThat(answer.status()).as(refused).isEqualTo(200);
            assertThat(answer.total()).as(refused).isZero();
        }
        assertThat(api.get(CASES + "?last_updated_at=2026-03-01..nonsense").status())
                .isEqualTo(500);
    }

    @Test
    void identifiers_are_compared_as_they_are_everything_else_is_coerced() {
        worker.newCase(Map.of("oscar_number", "007", "mosvy_number", "0305", "location_current", "12110417"));
        assertThat(api.get(CASES + "?oscar_number=007").total()).isEqualTo(1);
        assertThat(api.get(CASES + "?oscar_number=7").total()).isZero();
        assertThat(api.get(CASES + "?mosvy_number=0305").total()).isZero();
        assertThat(api.get(CASES + "?location_current=12110417").total()).isZero();
        assertThat(api.get(CASES + "?query=07").total()).isEqualTo(1);
    }

    @Test
    void the_coercions_one_by_one() {
        String boy = worker.newCase(Map.of("sex", "male", "age", 7));
        String girl = worker.newCase(Map.of("sex", "female", "age", 9, "protection_concerns", List.of("neglect")));
        assertThat(api.get(CASES + "?sex=male").values("id")).containsExactly(boy);
        assertThat(api.get(CASES + "?sex=male,female").total()).isEqualTo(2);
        assertThat(api.get(CASES + "?age=09").values("id")).containsExactly(girl);
        assertThat(api.get(CASES + "?age=8..").values("id")).containsExactly(girl);
        assertThat(api.get(CASES + "?age=1..8").values("id")).containsExactly(boy);
        assertThat(api.get(CASES + "?protection_concerns=neglect").values("id")).containsExactly(girl);
        assertThat(api.get(CASES + "?record_state=false").total()).isZero();
        assertThat(api.get(CASES + "?consent_for_services=false").total())
                .as("false is also what is missing")
                .isEqualTo(2);
        assertThat(api.get(CASES + "?not%5Bprotection_concerns%5D=neglect").values("id"))
                .containsExactly(boy);
        assertThat(api.get(CASES + "?or%5Bage%5D=7&or%5Bsex%5D=female").total()).isEqualTo(2);
        assertThat(api.get(CASES + "?id=" + boy + "," + UUID_1).values("id")).containsExactly(boy);
    }

    @Test
    void a_place_filter_takes_what_lies_below_it() {
        String id = caseWith("location_current", "1010101");
        assertThat(api.get(CASES + "?loc:location_current=0101").values("id")).containsExactly(id);
        assertThat(api.get(CASES + "?loc:location_current=2").total()).isZero();
    }

    @Test
    void disabled_and_closed_cases_are_listed_unless_asked_otherwise() {
        String id = caseWith("age", 1);
        worker.close(id);
        worker.disable(id);
        assertThat(api.get(CASES).data().path(0).path("enabled").asBoolean(true))
                .isFalse();
        assertThat(api.get(CASES + "?record_state=true").total()).isZero();
        assertThat(api.get(CASES + "?status=open").total()).isZero();
    }

    @Test
    void fields_limits_what_comes_but_three_keys_always_do() {
        worker.newCase(Map.of("name_first", "Sample", "sex", "female"));
        assertThat(api.get(CASES + "?fields=sex,no_such").data().path(0).properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("id", "enabled", "last_updated_at", "sex");
        assertThat(api.get(CASES + "?fields=short").data().path(0).has("case_id"))
                .isFalse();
        assertThat(api.get(CASES + "?fields=short").data().path(0).has("case_id_display"))
                .isTrue();
    }

    @Test
    void a_hidden_name_is_masked_and_what_was_never_set_is_absent() {
        caseWith("hidden_name", true);
        String id = worker.newCase(Map.of("hidden_name", true, "name_first", "Sample"));
        assertThat(read(id).path("name").asText()).isEqualTo("*******");
        assertThat(read(id).has("date_of_birth")).isFalse();
        assertThat(read(id).path("created_at").asText()).isEqualTo("2026-03-01T10:20:30.456Z");
        assertThat(read(id).has("referrals")).isFalse();
    }

    @Test
    void an_older_stamp_can_become_visible_after_a_newer_one() {
        String slow = caseWith("age", 1);
        String quick = caseWith("age", 2);
        tick();
        List<String> seen = new ArrayList<>();
        primero.inNextSave(() -> {
            clock.advance(Duration.ofSeconds(5));
            worker.edit(quick, Map.of("age", 3));
            seen.addAll(
                    api.get(CASES + "?last_updated_at=2026-03-01T10:20:40Z..").values("id"));
        });
        worker.edit(slow, Map.of("age", 4));
        assertThat(seen).containsExactly(quick);
        assertThat(api.get(CASES + "?last_updated_at=2026-03-01T10:20:40Z..&order_by=last_updated_at&order=asc")
                        .values("id"))
                .containsExactly(slow, quick);
    }

    @Test
    void a_hundred_thousand_cases_fit_and_are_paged() {
        ObjectNode sample = Json.object()
                .put("module_id", "primeromodule-cp")
                .put("owned_by", "mgrpnh")
                .put("name_first", "Sample")
                .put("name_last", "Child");
        sample.putArray("services_section").addObject().put("service_type", "counselling");
        for (int i = 0; i < 100_000; i++) {
            clock.advance(Duration.ofMillis(7));
            primero.plant(sample);
        }
        String page = CASES + "?per=1000&order_by=created_at&order=asc&last_updated_at=2026-03-01T00:00:00Z..&page=";
        assertThat(api.get(page + 1).data()).hasSize(1000);
        assertThat(api.get(page + 100).data()).hasSize(1000);
        assertThat(api.get(page + 101).data()).isEmpty();
    }
}
