package dev.tandem.oscar.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.json.Fields;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.Setback;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FeedTest {
    private static final String WHOLE = """
            {"meta":{"data":[1]},"data":[
             {"slug":"exam-1","organization_name":"cif","services":[{"name":"x"}]},
             {"slug":null,"organization_name":"cif"},
             {"slug":"exam-1","organization_name":"cif"},
             null, {"slug":"exam-3","organization_name":""},
             {"slug":"exam-2","organization_name":"holt"}],"more":{"a":[]}}
            """;

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> read(Feed feed) {
        List<String> keys = new ArrayList<>();
        feed.forEachRemaining(row -> {
            if (row.client() != null) {
                keys.add(Feed.recordKey(row.client()));
            }
        });
        return keys;
    }

    @Test
    void clients_come_one_by_one_duplicates_kept_and_rows_without_slug_counted() {
        Feed feed = new Feed(stream(WHOLE));
        assertThat(read(feed)).containsExactly("cif/exam-1", "cif/exam-1", "holt/exam-2");
        assertThat(feed.complete()).isTrue();
        assertThat(feed.rows()).isEqualTo(6);
        assertThat(feed.withoutSlug()).isEqualTo(1);
        assertThat(feed.unreadable()).isEqualTo(2);
    }

    @Test
    void an_empty_feed_is_whole() {
        Feed feed = new Feed(stream("{\"data\":[]}"));
        assertThat(read(feed)).isEmpty();
        assertThat(feed.complete()).isTrue();
    }

    @Test
    void an_answer_cut_off_anywhere_never_ends_silently() {
        String whole = WHOLE.strip();
        for (int length = 0; length < whole.length(); length++) {
            Feed feed = new Feed(stream(whole.substring(0, length)));
            assertThatThrownBy(() -> read(feed))
                    .as("cut off after %d characters", length)
                    .isInstanceOf(AnswerLost.class);
            assertThat(feed.complete()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "<html><body>502</body></html>;feed-malformed",
                "[{\"slug\":\"a\"}];feed-malformed",
                "{\"data\":[{\"slug\":[}]};feed-malformed",
                "{\"data\":[,]};feed-malformed",
                "{\"data\":[{},]};feed-malformed",
                "{\"data\":[{} {}]};feed-malformed",
                "{\"data\":[] \"more\":1};feed-malformed",
                "{data:[]};feed-malformed",
                "{\"data\":[]} trailing;feed-malformed",
                "{\"data\":[]}{\"data\":[]};feed-malformed",
                "{\"errors\":[\"x\"]};feed-without-data",
                "{\"data\":null};feed-without-data",
                "{\"data\":{\"slug\":\"a\"}};feed-without-data",
                "'';feed-truncated"
            })
    void what_is_not_the_feed_is_an_answer_lost(String body, String code) {
        assertThatThrownBy(() -> read(new Feed(stream(body))))
                .isInstanceOfSatisfying(
                        Setback.class, lost -> assertThat(lost.code()).isEqualTo(code));
    }

    @ParameterizedTest
    @MethodSource("badRows")
    void a_row_that_cannot_be_read_costs_no_other(String row, String record) {
        String before = "{\"slug\":\"exam-1\",\"organization_name\":\"cif\"}";
        String after = "{\"slug\":\"exam-2\",\"organization_name\":\"cif\",\"note\":\"]}\\\"[{\"}";
        for (String feed : List.of(
                "{\"data\":[" + before + "," + row + "," + after + "]}",
                "{\"data\" : [ " + row + " , " + before + " , " + after + " ] }",
                "{\"data\":[" + before + "," + after + "," + row + "],\"more\":[" + row + "]}")) {
            Feed read = new Feed(stream(feed));
            List<UnreadableRow> unreadable = new ArrayList<>();
            List<String> keys = new ArrayList<>();
            read.forEachRemaining(one -> {
                if (one.client() == null) {
                    unreadable.add(one.unreadable());
                } else {
                    keys.add(Feed.recordKey(one.client()));
                }
            });
            assertThat(keys).containsExactly("cif/exam-1", "cif/exam-2");
            assertThat(read.complete()).isTrue();
            assertThat(unreadable).singleElement().satisfies(bad -> {
                assertThat(bad.record()).isEqualTo(record);
                assertThat(bad.position()).isBetween(1L, 3L);
            });
        }
    }

    static List<Arguments> badRows() {
        String named = "{\"slug\":\"bad\",\"organization_name\":\"cif\",";
        String namedBehind = ",\"slug\":\"bad\",\"organization_name\":\"cif\"}";
        String huge = "x\\\"".repeat(7_000_000);
        return List.of(
                Arguments.of(named + "\"note\":\"" + huge + "\"}", "cif/bad"),
                Arguments.of("{\"note\":\"" + huge + "\"" + namedBehind, "cif/bad"),
                Arguments.of("{\"services\":[{\"a\":[\"" + huge + "\"]}]" + namedBehind, "cif/bad"),
                Arguments.of("{\"services\":[" + "{\"a\":1},".repeat(1_000_000) + "1]" + namedBehind, "cif/bad"),
                Arguments.of("{\"" + huge + "\":1" + namedBehind, ""),
                Arguments.of("{\"age\":1e400" + namedBehind, "cif/bad"),
                Arguments.of("{\"age\":[{\"a\":-1.5E+9999}]" + namedBehind, "cif/bad"),
                Arguments.of("{\"age\":1e99999999999" + namedBehind, "cif/bad"),
                Arguments.of("{\"age\":" + "7".repeat(30_000) + namedBehind, "cif/bad"),
                Arguments.of("{\"age\":" + "7".repeat(9_000_000) + namedBehind, "cif/bad"),
                Arguments.of("{\"a\":" + "[".repeat(50_000) + "]".repeat(50_000) + namedBehind, "cif/bad"),
                Arguments.of("{\"a\":" + "{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000) + namedBehind, "cif/bad"),
                Arguments.of(named + "\"a\" 1}", "cif/bad"),
                Arguments.of(named + "\"a\":NaN}", "cif/bad"),
                Arguments.of("[1,2]", ""),
                Arguments.of("[".repeat(50_000) + "]".repeat(50_000), ""),
                Arguments.of("17", ""),
                Arguments.of("\"" + huge + "\"", ""),
                Arguments.of("null", ""),
                Arguments.of("{\"slug\":\"" + "s".repeat(300) + "\",\"organization_name\":\"cif\"}", ""));
    }

    @Test
    void a_broken_connection_is_an_answer_lost_without_the_bodys_text() {
        InputStream reset = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                throw new IOException("reset");
            }
        };
        InputStream broken = new SequenceInputStream(
                stream("{\"data\":[{\"slug\":\"exam-secret\",\"organization_name\":\"cif\"},"), reset);
        Feed feed = new Feed(broken);
        assertThatThrownBy(() -> read(feed)).isInstanceOf(AnswerLost.class).hasMessageNotContaining("secret");
    }

    @Test
    void a_feed_larger_than_the_heap_allows_is_read_with_flat_memory() {
        long clients = 24_000;
        String row = "{\"slug\":\"exam-%d\",\"organization_name\":\"cif\",\"reason_for_referral\":\""
                + "x".repeat(50_000) + "\"},";
        InputStream endless = new InputStream() {
            private long made;
            private byte[] chunk = "{\"data\":[".getBytes(StandardCharsets.UTF_8);
            private int at;

            @Override
            public int read() {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }

            @Override
            public int read(byte[] into, int offset, int length) {
                if (at == chunk.length) {
                    if (made > clients) {
                        return -1;
                    }
                    String text = made == clients
                            ? "{\"slug\":\"last\",\"organization_name\":\"cif\"}]}"
                            : String.format(row, made);
                    made++;
                    chunk = text.getBytes(StandardCharsets.UTF_8);
                    at = 0;
                }
                int count = Math.min(length, chunk.length - at);
                System.arraycopy(chunk, at, into, offset, count);
                at += count;
                return count;
            }
        };
        Feed feed = new Feed(endless);
        String last = "";
        while (feed.hasNext()) {
            last = Fields.text(feed.next().client(), "slug");
        }
        assertThat(last).isEqualTo("last");
        assertThat(feed.rows() * 50_000).isGreaterThan(Runtime.getRuntime().maxMemory());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-02T00:00:00Z,2026-03-01T00:00:00Z",
        "2026-03-01T23:59:59.999Z,2026-02-28T00:00:00Z",
        "2026-03-02T06:59:00+07:00,2026-02-28T00:00:00Z"
    })
    void an_incremental_sweep_asks_from_the_utc_day_before(String start, String since) {
        Instant began = OffsetDateTime.parse(start).toInstant();
        assertThat(FeedQuery.since(began)).isEqualTo("since_date=" + since);
    }
}
