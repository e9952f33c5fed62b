package dev.tandem.primero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.Setback;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CasePagesTest {
    private static final Instant BEGAN = Instant.parse("2026-03-10T00:00:00Z");
    private static final Instant CURSOR = Instant.parse("2026-03-09T12:00:00.789Z");
    private static final Instant LONG_AGO = Instant.parse("2024-01-01T00:00:00Z");

    private static ChangingCases cases(int count, Instant updated) {
        ChangingCases cases = new ChangingCases(7, 10);
        for (int i = 0; i < count; i++) {
            cases.add(LONG_AGO.plusSeconds(i), updated.plusSeconds(i));
        }
        return cases;
    }

    /** With the time of each answer by the server's own clock. */
    private static Map<UUID, Instant> sweep(CasePages pages, ChangingCases cases, Runnable between) {
        Map<UUID, Instant> marked = new HashMap<>();
        while (pages.ask().isPresent()) {
            JsonNode answer = cases.answer(pages.ask().get());
            Instant answeredAt = cases.now;
            between.run();
            for (JsonNode row : pages.read(answer, Optional.of(answeredAt))) {
                marked.merge(
                        UUID.fromString(row.get("id").asText()),
                        Instant.parse(row.get("last_updated_at").asText()),
                        (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        return marked;
    }

    private static void nothing() {}

    @Test
    void a_small_sweep_is_one_call_from_ten_minutes_before_the_cursor() {
        ChangingCases cases = cases(3, CURSOR);
        CasePages pages = CasePages.since(CURSOR, BEGAN);
        assertThat(sweep(pages, cases, CasePagesTest::nothing)).hasSize(3);
        assertThat(cases.asked)
                .containsExactly("page=1&per=1000&order_by=case_id&order=asc&last_updated_at=2026-03-09T11:50:00Z..");
        assertThat(pages.ask()).isEmpty();
        assertThat(pages.highestUpdated()).contains(CURSOR.plusSeconds(2));
    }

    @Test
    void a_full_sweep_reads_each_page_once_in_the_size_that_primero_echoes() {
        ChangingCases cases = cases(25, LONG_AGO);
        assertThat(sweep(CasePages.full(BEGAN), cases, CasePagesTest::nothing)).hasSize(25);
        assertThat(cases.asked)
                .containsExactly(
                        "page=1&per=1000&order_by=case_id&order=asc",
                        "page=2&per=10&order_by=case_id&order=asc",
                        "page=3&per=10&order_by=case_id&order=asc");
    }

    @Test
    void an_empty_range_is_believed_if_there_are_cases_at_all_and_moves_no_cursor() {
        ChangingCases cases = cases(3, LONG_AGO);
        CasePages pages = CasePages.since(CURSOR, BEGAN);
        assertThat(sweep(pages, cases, CasePagesTest::nothing)).isEmpty();
        assertThat(pages.ask()).isEmpty();
        assertThat(pages.highestUpdated()).isEmpty();
        assertThat(cases.asked.get(1)).isEqualTo("page=1&per=1&fields=id");
    }

    @Test
    void an_empty_system_is_an_answer_and_an_empty_list_where_there_are_cases_is_none() {
        CasePages empty = CasePages.full(BEGAN);
        ChangingCases none = new ChangingCases(1, 10);
        assertThat(sweep(empty, none, CasePagesTest::nothing)).isEmpty();
        assertThat(none.asked).containsExactly("page=1&per=1000&order_by=case_id&order=asc", "page=1&per=1&fields=id");
        assertThat(empty.ask()).isEmpty();
        assertThat(empty.highestUpdated()).isEmpty();

        CasePages swallowed = CasePages.full(BEGAN);
        swallowed.read(ChangingCases.list(List.of(), 0, 10), Optional.empty());
        JsonNode control = cases(3, LONG_AGO).answer(swallowed.ask().orElseThrow());
        assertThatThrownBy(() -> swallowed.read(control, Optional.empty()))
                .isInstanceOfSatisfying(Setback.class, e -> assertThat(e.code()).isEqualTo("empty-list"));
        assertThat(swallowed.ask()).isPresent();
    }

    @Test
    void a_page_that_comes_back_empty_in_the_middle_is_not_the_end() {
        for (int failing = 1; failing <= 3; failing++) {
            ChangingCases cases = cases(35, CURSOR);
            CasePages pages = CasePages.since(CURSOR, BEGAN);
            for (int call = 0; call < failing; call++) {
                pages.read(cases.answer(pages.ask().orElseThrow()), Optional.empty());
            }
            for (int total : new int[] {0, 35}) {
                JsonNode swallowedError = ChangingCases.list(List.of(), total, 10);
                assertThatThrownBy(() -> pages.read(swallowedError, Optional.empty()))
                        .isInstanceOf(AnswerLost.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"data\":[]}",
                "{\"data\":null,\"metadata\":{\"total\":0,\"per\":10}}",
                "{\"data\":[],\"metadata\":{\"total\":\"0\",\"per\":10}}",
                "{\"data\":[],\"metadata\":{\"total\":0}}",
                "{\"data\":[],\"metadata\":{\"total\":3,\"per\":0}}",
                "{\"data\":[],\"metadata\":{\"total\":0,\"per\":5000}}",
                "{\"data\":[{},{}],\"metadata\":{\"total\":2,\"per\":10}}"
            })
    void what_is_no_list_of_cases_is_an_answer_lost(String body) throws Exception {
        JsonNode answer = new ObjectMapper().readTree(body);
        assertThatThrownBy(() -> CasePages.full(BEGAN).read(answer, Optional.empty()))
                .isInstanceOf(AnswerLost.class);
    }

    @Test
    void a_filter_that_primero_ignores_loses_nothing() {
        ChangingCases cases = cases(25, LONG_AGO);
        cases.ignoresFilter = true;
        assertThat(sweep(CasePages.since(CURSOR, BEGAN), cases, CasePagesTest::nothing))
                .hasSize(25);
    }

    @Test
    void the_cursor_goes_no_further_than_the_beginning_by_primeros_clock_or_else_the_ledgers() {
        ChangingCases cases = cases(25, CURSOR);
        cases.add(LONG_AGO, Instant.parse("2099-01-01T00:00:00Z"));
        CasePages bySomeClock = CasePages.full(BEGAN);
        Instant first = Instant.parse("2026-03-09T23:00:00Z");
        Instant answeredAt = first;
        while (bySomeClock.ask().isPresent()) {
            bySomeClock.read(cases.answer(bySomeClock.ask().get()), Optional.of(answeredAt));
            answeredAt = answeredAt.plusSeconds(60);
        }
        assertThat(bySomeClock.highestUpdated()).contains(first);

        CasePages withoutAClock = CasePages.full(BEGAN);
        while (withoutAClock.ask().isPresent()) {
            withoutAClock.read(cases.answer(withoutAClock.ask().get()), Optional.empty());
        }
        assertThat(withoutAClock.highestUpdated()).contains(BEGAN);
    }

    @Test
    void a_total_below_an_earlier_pages_repeats_the_pass_and_finds_what_moved_forward() {
        for (int seed = 0; seed < 50; seed++) {
            ChangingCases cases = new ChangingCases(seed, 10);
            for (int i = 0; i < 35; i++) {
                cases.add(LONG_AGO, CURSOR.plusSeconds(i));
            }
            int[] calls = {0};
            Map<UUID, Instant> marked = sweep(CasePages.full(BEGAN), cases, () -> {
                if (calls[0]++ < 2) {
                    cases.hideAny();
                }
            });
            assertThat(marked.keySet()).as("seed %d", seed).containsAll(cases.rows.keySet());
            assertThat(cases.asked).hasSizeGreaterThan(4);
        }
    }

    @Test
    void cases_that_leave_during_each_pass_end_the_sweep_without_moving_the_cursor() {
        ChangingCases cases = cases(400, CURSOR);
        CasePages pages = CasePages.full(BEGAN);
        assertThatThrownBy(() -> sweep(pages, cases, cases::hideAny))
                .isInstanceOfSatisfying(Setback.class, e -> assertThat(e.code()).isEqualTo("never-at-rest"));
        assertThat(pages.ask()).isPresent();
    }

    @Test
    void a_page_that_cannot_be_read_is_divided_down_to_the_one_case_at_fault() {
        ChangingCases cases = new ChangingCases(3, 1000);
        for (int i = 0; i < 2500; i++) {
            cases.add(LONG_AGO, CURSOR.plusSeconds(i));
        }
        Set<UUID> bad = new HashSet<>(List.of(cases.inOrder(1233), cases.inOrder(1234), cases.inOrder(2499)));
        CasePages pages = CasePages.full(BEGAN);
        Set<UUID> marked = new HashSet<>();
        List<String> listed = new ArrayList<>();
        while (pages.ask().isPresent()) {
            String query = pages.ask().get();
            JsonNode answer = cases.answer(query);
            if (!query.contains("fields=id") && holdsAny(answer, bad)) {
                pages.divide(false);
            } else {
                pages.read(answer, Optional.empty())
                        .forEach(row -> marked.add(UUID.fromString(row.get("id").asText())));
            }
            listed.addAll(pages.unreadable());
        }
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(
                        bad.stream().map(UUID::toString).toList());
        assertThat(marked).hasSize(2497).doesNotContainAnyElementsOf(bad);
        // 3 pages of 1000; for each of the two at fault those of 100, of 10, of 1, and their ids; the larger ones in
        // between.
        assertThat(cases.asked).hasSizeLessThan(3 + 2 * 10 + 2 * 10 + 2 * 10 + 3);
        // Also of those whose id alone was read.
        assertThat(pages.highestUpdated()).contains(CURSOR.plusSeconds(2499));
    }

    @Test
    void a_case_without_an_id_that_can_be_read_is_listed_by_its_place() {
        ChangingCases cases = new ChangingCases(3, 1000);
        for (int i = 0; i < 25; i++) {
            cases.add(LONG_AGO, CURSOR.plusSeconds(i));
        }
        UUID bad = cases.inOrder(16);
        CasePages pages = CasePages.full(BEGAN);
        List<String> listed = new ArrayList<>();
        int marked = 0;
        while (pages.ask().isPresent()) {
            JsonNode answer = cases.answer(pages.ask().get());
            if (holdsAny(answer, Set.of(bad))) {
                pages.divide(false);
            } else {
                marked += pages.read(answer, Optional.empty()).size();
            }
            listed.addAll(pages.unreadable());
        }
        assertThat(listed).containsExactly("position-17");
        assertThat(marked).isEqualTo(24);

        CasePages broken = CasePages.full(BEGAN);
        ObjectNode answer = (ObjectNode) cases.answer(broken.ask().orElseThrow());
        ((ObjectNode) answer.path("data").get(4)).remove("id");
        assertThat(broken.read(answer, Optional.empty())).hasSize(24);
        assertThat(broken.unreadable()).containsExactly("position-5");
        assertThat(broken.ask()).isEmpty();
    }

    @Test
    void pages_that_are_too_large_as_a_whole_are_not_tried_again_in_that_size() {
        ChangingCases cases = new ChangingCases(3, 1000);
        for (int i = 0; i < 2500; i++) {
            cases.add(LONG_AGO, CURSOR.plusSeconds(i));
        }
        CasePages pages = CasePages.full(BEGAN);
        int marked = 0;
        while (pages.ask().isPresent()) {
            String query = pages.ask().get();
            JsonNode answer = cases.answer(query);
            if (query.contains("per=1000&")) {
                pages.divide(true);
            } else {
                marked += pages.read(answer, Optional.empty()).size();
            }
        }
        assertThat(marked).isEqualTo(2500);
        assertThat(cases.asked).hasSize(1 + 25);
    }

    @Test
    void a_primero_of_which_nothing_can_be_read_ends_the_sweep() {
        CasePages pages = CasePages.full(BEGAN);
        assertThatThrownBy(() -> {
                    for (int call = 0; call < 100; call++) {
                        pages.divide(false);
                    }
                })
                .isInstanceOf(AnswerLost.class);
    }

    private static boolean holdsAny(JsonNode answer, Set<UUID> ids) {
        for (JsonNode row : answer.path("data")) {
            if (ids.contains(UUID.fromString(row.get("id").asText()))) {
                return true;
            }
        }
        return false;
    }

    @Test
    void nothing_is_lost_in_one_pass_while_cases_change_and_enter_between_pages() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ChangingCases cases = new ChangingCases(seed, 10);
            cases.step = 200;
            int count = 1 + random.nextInt(80);
            int atOnce = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                boolean inRange = random.nextInt(4) > 0;
                cases.add(
                        LONG_AGO.plusSeconds(i / atOnce),
                        inRange
                                ? CURSOR.plusSeconds(random.nextInt(3600))
                                : LONG_AGO.plusSeconds(random.nextInt(3600)));
            }
            boolean full = random.nextBoolean();
            CasePages pages = full ? CasePages.full(BEGAN) : CasePages.since(CURSOR, BEGAN);
            Set<UUID> owed = new HashSet<>();
            for (ChangingCases.Row row : cases.rows.values()) {
                if (full || row.updatedAt().isAfter(CURSOR.minusSeconds(600))) {
                    owed.add(row.id());
                }
            }
            Map<UUID, Instant> marked = sweep(pages, cases, () -> {
                if (random.nextInt(3) > 0) {
                    cases.touchAny();
                    if (random.nextInt(4) == 0) {
                        cases.add(cases.now, cases.now);
                    }
                }
            });
            assertThat(marked.keySet()).as("seed %d", seed).containsAll(owed);
            // What is not marked in its last state is still in reach of the next sweep.
            Instant next = pages.highestUpdated().orElse(CURSOR).minusSeconds(600);
            for (ChangingCases.Row row : cases.rows.values()) {
                if (row.updatedAt().isAfter(CURSOR) && !row.updatedAt().equals(marked.get(row.id()))) {
                    assertThat(row.updatedAt()).as("seed %d", seed).isAfter(next);
                }
            }
            assertThat(cases.asked).as("seed %d: one pass", seed).doesNotHaveDuplicates();
        }
    }
}
