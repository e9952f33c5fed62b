package dev.tandem.primero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.Setback;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

    private static Map<UUID, Instant> sweep(CasePages pages, ChangingCases cases, Runnable between) {
        Map<UUID, Instant> marked = new HashMap<>();
        while (pages.ask().isPresent()) {
            JsonNode answer = cases.answer(pages.ask().get());
            between.run();
            for (JsonNode row : pages.heard(answer)) {
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
                .containsExactly(
                        "page=1&per=1000&order_by=created_at&order=asc&last_updated_at=2026-03-09T11:50:00Z..");
        assertThat(pages.complete()).isTrue();
        assertThat(pages.highestUpdated()).contains(CURSOR.plusSeconds(2));
    }

    @Test
    void a_full_sweep_has_no_range_and_follows_the_page_size_that_primero_echoes() {
        ChangingCases cases = cases(25, LONG_AGO);
        CasePages pages = CasePages.full(BEGAN);
        assertThat(sweep(pages, cases, CasePagesTest::nothing)).hasSize(25);
        assertThat(cases.asked.get(0)).isEqualTo("page=1&per=1000&order_by=created_at&order=asc");
        assertThat(cases.asked).contains("page=3&per=1000&order_by=created_at&order=asc");
        assertThat(pages.distinct()).isEqualTo(25);
    }

    @Test
    void a_repeat_of_a_large_sweep_asks_only_for_what_changed_since() {
        ChangingCases cases = cases(95, CURSOR);
        sweep(CasePages.full(BEGAN), cases, CasePagesTest::nothing);
        // ten pages, the probe, the narrowed pass (95 seconds and ten minutes: all again here), the count
        assertThat(cases.asked.get(1)).isEqualTo("page=1&per=1&order_by=last_updated_at&order=desc");
        assertThat(cases.asked.get(11)).contains("last_updated_at=2026-03-09T11:51:34Z..");
        ChangingCases spread = new ChangingCases(7, 10);
        for (int i = 0; i < 95; i++) {
            spread.add(LONG_AGO.plusSeconds(i), LONG_AGO.plusSeconds(3600L * i));
        }
        sweep(CasePages.full(BEGAN), spread, CasePagesTest::nothing);
        assertThat(spread.asked).hasSize(10 + 1 + 1 + 1);
    }

    @Test
    void an_empty_answer_counts_only_if_there_are_cases_at_all() {
        ChangingCases cases = cases(3, LONG_AGO);
        CasePages pages = CasePages.since(CURSOR, BEGAN);
        assertThat(sweep(pages, cases, CasePagesTest::nothing)).isEmpty();
        assertThat(pages.complete()).isTrue();
        assertThat(pages.highestUpdated()).isEmpty();
        assertThat(cases.asked.get(1)).isEqualTo("page=1&per=1");
        CasePages none = CasePages.since(CURSOR, BEGAN);
        assertThatThrownBy(() -> sweep(none, new ChangingCases(1, 10), CasePagesTest::nothing))
                .isInstanceOfSatisfying(Setback.class, e -> assertThat(e.code()).isEqualTo("empty-list"));
        assertThat(none.complete()).isFalse();
    }

    @Test
    void a_page_that_comes_back_empty_in_the_middle_is_not_the_end() {
        for (int failing = 1; failing <= 6; failing++) {
            ChangingCases cases = cases(35, CURSOR);
            CasePages pages = CasePages.since(CURSOR, BEGAN);
            for (int call = 0; call < failing; call++) {
                pages.heard(cases.answer(pages.ask().orElseThrow()));
            }
            JsonNode swallowedError = ChangingCases.list(List.of(), 0, 10);
            if (pages.ask().orElseThrow().contains("order=desc")) {
                pages.heard(swallowedError);
                assertThat(pages.complete()).isFalse();
            } else {
                assertThatThrownBy(() -> pages.heard(swallowedError)).isInstanceOf(AnswerLost.class);
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
                "{\"data\":[{}],\"metadata\":{\"total\":1,\"per\":10}}"
            })
    void what_is_no_list_of_cases_is_an_answer_lost(String body) throws Exception {
        JsonNode answer = new ObjectMapper().readTree(body);
        assertThatThrownBy(() -> CasePages.full(BEGAN).heard(answer)).isInstanceOf(AnswerLost.class);
    }

    @Test
    void a_vanished_filter_is_noticed_and_loses_nothing() {
        ChangingCases cases = cases(25, LONG_AGO);
        cases.ignoresFilter = true;
        CasePages pages = CasePages.since(CURSOR, BEGAN);
        assertThat(sweep(pages, cases, CasePagesTest::nothing)).hasSize(25);
        assertThat(pages.filterIgnored()).isTrue();
        CasePages obeyed = CasePages.since(CURSOR, BEGAN);
        sweep(obeyed, cases(25, CURSOR), CasePagesTest::nothing);
        assertThat(obeyed.filterIgnored()).isFalse();
    }

    @Test
    void one_case_with_a_time_in_the_far_future_does_not_end_all_reading() {
        ChangingCases cases = cases(25, CURSOR);
        cases.add(LONG_AGO, Instant.parse("2099-01-01T00:00:00Z"));
        CasePages pages = CasePages.full(BEGAN);
        sweep(pages, cases, CasePagesTest::nothing);
        assertThat(pages.highestUpdated()).contains(BEGAN);
    }

    @Test
    void cases_that_never_rest_let_a_sweep_of_what_changed_go_on_as_far_as_it_is_proven() {
        for (int seed = 0; seed < 200; seed++) {
            ChangingCases cases = new ChangingCases(seed, 10);
            cases.step = 100;
            for (int i = 0; i < 60; i++) {
                cases.add(LONG_AGO.plusSeconds(i), CURSOR.plusSeconds(i));
            }
            Instant began = BEGAN.plusSeconds(86_400);
            CasePages pages = CasePages.since(CURSOR, began);
            Map<UUID, Instant> marked = sweep(pages, cases, () -> {
                for (int i = 0; i < 7; i++) {
                    cases.touchAny();
                }
            });
            Instant cursor = pages.highestUpdated().orElseThrow();
            assertThat(cursor).as("seed %d: it goes on", seed).isAfter(BEGAN);
            assertThat(cursor).as("seed %d: but not too far", seed).isBefore(cases.now);
            assertThat(cases.rows.values())
                    .as("seed %d: what the next sweep will not read again", seed)
                    .filteredOn(row -> row.updatedAt().isBefore(cursor.minusSeconds(600)))
                    .allMatch(row -> row.updatedAt().equals(marked.get(row.id())));
        }
    }

    @Test
    void cases_that_never_rest_end_the_sweep_without_moving_the_cursor() {
        ChangingCases cases = cases(35, CURSOR);
        CasePages pages = CasePages.full(BEGAN);
        assertThatThrownBy(() -> sweep(pages, cases, () -> {
                    for (int i = 0; i < 30; i++) {
                        cases.touchAny();
                    }
                }))
                .isInstanceOfSatisfying(Setback.class, e -> assertThat(e.code()).isEqualTo("never-at-rest"));
        assertThat(pages.complete()).isFalse();
    }

    @Test
    void nothing_is_lost_while_cases_change_between_pages_and_ties_change_places() {
        int completed = 0;
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ChangingCases cases = new ChangingCases(seed, 10);
            cases.step = 200;
            int count = 1 + random.nextInt(80);
            int ties = 1 + random.nextInt(12);
            for (int i = 0; i < count; i++) {
                boolean inRange = random.nextInt(4) > 0;
                cases.add(
                        LONG_AGO.plusSeconds(i / ties),
                        inRange
                                ? CURSOR.plusSeconds(random.nextInt(3600))
                                : LONG_AGO.plusSeconds(random.nextInt(3600)));
            }
            boolean full = random.nextBoolean();
            // so late that the highest time seen is what the next sweep begins from
            Instant began = BEGAN.plusSeconds(86_400);
            CasePages pages = full ? CasePages.full(began) : CasePages.since(CURSOR, began);
            int[] calls = {0};
            Map<UUID, Instant> marked;
            Map<UUID, Instant> owed = new HashMap<>();
            for (ChangingCases.Row row : cases.rows.values()) {
                if (full || row.updatedAt().isAfter(CURSOR.minusSeconds(600))) {
                    owed.put(row.id(), row.updatedAt());
                }
            }
            try {
                marked = sweep(pages, cases, () -> {
                    if (calls[0]++ < 12 && random.nextInt(3) > 0) {
                        cases.touchAny();
                        if (random.nextInt(4) == 0) {
                            cases.add(cases.now, cases.now);
                        }
                    }
                });
            } catch (AnswerLost unluckyShuffles) {
                assertThat(pages.complete()).isFalse();
                continue;
            }
            completed++;
            assertThat(marked.keySet()).as("seed %d", seed).containsAll(owed.keySet());
            // what is not marked in its last state is still in reach of the next sweep
            Instant next = pages.highestUpdated().orElse(CURSOR).minusSeconds(600);
            for (ChangingCases.Row row : cases.rows.values()) {
                if (row.updatedAt().isAfter(CURSOR) && !row.updatedAt().equals(marked.get(row.id()))) {
                    assertThat(row.updatedAt()).as("seed %d", seed).isAfter(next);
                }
            }
        }
        assertThat(completed).isGreaterThan(270);
    }

    @Test
    void a_case_skipped_because_ties_changed_places_is_found_by_counting() {
        int skipped = 0;
        for (int seed = 0; seed < 50; seed++) {
            ChangingCases cases = new ChangingCases(seed, 10);
            for (int i = 0; i < 22; i++) {
                // long unchanged, and all made in one import
                cases.add(LONG_AGO, LONG_AGO.plusSeconds(3600L * i));
            }
            CasePages pages = CasePages.full(BEGAN);
            assertThat(sweep(pages, cases, CasePagesTest::nothing)).hasSize(22);
            if (cases.asked.size() > 3 + 1 + 1 + 1) {
                skipped++;
            }
        }
        assertThat(skipped).isGreaterThan(25);
    }
}
