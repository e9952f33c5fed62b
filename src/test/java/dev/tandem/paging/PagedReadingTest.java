package dev.tandem.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.outcome.AnswerLost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class PagedReadingTest {
    private static final Instant BEGAN = Instant.parse("2026-03-02T03:00:00Z");
    private static final JsonPointer ID = JsonPointer.compile("/id");
    private static final JsonPointer AT = JsonPointer.compile("/at");

    private final List<String> asked = new ArrayList<>();

    @Test
    void pages_are_read_until_one_is_empty() {
        PagedReading reading = full();

        assertThat(read(reading, page -> page == 1 ? row("a", "02:00") : "")).containsExactly("a");
        assertThat(asked).containsExactly("page=1", "page=2");
        assertThat(reading.highest()).contains(Instant.parse("2026-03-02T02:00:00Z"));
    }

    @Test
    void a_record_that_moves_to_a_page_that_was_read_is_found_by_the_next_pass() {
        PagedReading reading = full();

        List<String> found = read(reading, page -> switch (asked.size()) {
            case 1 -> row("a", "02:00") + "," + row("b", "02:00");
            // c was first on page 2; it is on page 1 by now, since a is gone.
            case 2 -> row("d", "02:00");
            case 4, 7 -> row("b", "02:00") + "," + row("c", "02:00");
            case 5, 8 -> row("d", "02:00");
            default -> "";
        });

        assertThat(found).contains("a", "b", "c", "d");
        assertThat(asked).hasSize(9);
    }

    @Test
    void what_changed_is_asked_from_ten_minutes_before_the_latest_change() {
        PagedReading reading = new PagedReading(
                "page={page}", "&since={since}", Optional.of(Instant.parse("2026-03-02T02:10:00.500Z")), BEGAN);

        read(reading, page -> "");

        assertThat(asked).containsExactly("page=1&since=2026-03-02T02%3A00%3A00Z");
    }

    @Test
    void a_source_that_takes_no_notice_of_the_number_is_read_once() {
        assertThat(read(full(), page -> row("a", "02:00"))).containsExactly("a", "a");
    }

    @Test
    void a_time_in_the_future_does_not_end_all_reading() {
        PagedReading reading = full();
        read(reading, page -> page == 1 ? row("a", "23:00") : "");
        assertThat(reading.highest()).contains(BEGAN);
    }

    @Test
    void that_there_is_nothing_at_all_is_believed_once_it_was_answered_twice() {
        PagedReading empty = full();
        read(empty, page -> "");
        assertThat(asked).containsExactly("page=1", "page=1");
        assertThat(empty.highest()).isEmpty();
    }

    @Test
    void an_answer_without_a_list_or_a_key_ends_the_sweep() {
        assertThatExceptionOfType(AnswerLost.class).isThrownBy(() -> full().answered(json("{}"), ID, AT));
        assertThatExceptionOfType(AnswerLost.class).isThrownBy(() -> full().answered(json("[{}]"), ID, AT));
    }

    private static PagedReading full() {
        return new PagedReading("page={page}", "&since={since}", Optional.empty(), BEGAN);
    }

    private List<String> read(PagedReading reading, IntFunction<String> rowsOfPage) {
        List<String> found = new ArrayList<>();
        while (!reading.complete()) {
            String query = reading.query();
            asked.add(query);
            int page = Integer.parseInt(query.replaceFirst("page=(\\d+).*", "$1"));
            reading.answered(json("[" + rowsOfPage.apply(page) + "]"), ID, AT)
                    .forEach(row -> found.add(row.path("id").asText()));
        }
        return found;
    }

    private static String row(String id, String time) {
        return "{\"id\":\"%s\",\"at\":\"2026-03-02T%s:00Z\"}".formatted(id, time);
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
