package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.observe.RedactingAppender;
import dev.tandem.reader.ReaderTime;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.h2.jdbc.JdbcSQLDataException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log's two forms, from the configuration that ships. */
class LogsTest {
    @Test
    void as_json_a_line_is_one_object_with_flow_and_record() throws Exception {
        JsonNode line = new ObjectMapper().readTree(line("json"));

        assertThat(line.path("level").asText()).isEqualTo("WARN");
        assertThat(line.path("formattedMessage").asText()).isEqualTo("was lost to another\nworker");
        assertThat(line.path("mdc").path("flow").asText()).isEqualTo("primero-to-oscar");
        assertThat(line.path("mdc").path("record").asText()).isEqualTo("case-1");
        assertThat(line.path("timestamp").isNumber()).isTrue();
    }

    @Test
    void as_text_a_line_is_one_line() throws Exception {
        String moment = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX")
                .format(Instant.parse("2026-11-25T12:00:00Z").atZone(ZoneId.systemDefault()));

        assertThat(line("text"))
                .isEqualTo(moment + " WARN  Claims: was lost to another | worker" + System.lineSeparator());
    }

    @Test
    void a_moment_in_the_words_is_local_as_text_and_utc_as_json() {
        String said = "due at 2026-11-25T12:00:00Z";
        assertThat(line("text", said, null))
                .contains("due at " + ReaderTime.here().exact(Instant.parse("2026-11-25T12:00:00Z")));
        assertThat(line("json", said, null)).contains(said);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json"})
    void what_a_database_or_a_json_library_quotes_is_left_out(String format) {
        String planted = "Zqgiven";
        List<Exception> quoting = List.of(
                new SQLException("value too long: " + planted),
                new IllegalStateException(new SQLException(planted)),
                suppressing(new JdbcSQLDataException("insert " + planted, null, "22001", 22001, null, null)),
                new UnableToExecuteStatementException("arguments: " + planted),
                new JsonParseException(null, "Unrecognized token '" + planted + "'"));
        for (Exception one : quoting) {
            assertThat(line(format, "failed: " + one.getMessage(), one))
                    .doesNotContain(planted)
                    .contains("failed: ", one.getClass().getSimpleName(), "what_a_database_or_a_json");
        }
        assertThat(line(format, "failed", new IllegalStateException("Address already in use")))
                .contains("Address already in use");
    }

    private static Exception suppressing(Exception suppressed) {
        Exception shown = new IllegalStateException("while " + suppressed.getMessage());
        shown.addSuppressed(suppressed);
        return shown;
    }

    @Test
    void what_turns_the_direction_of_text_or_a_terminal_is_not_written() {
        assertThat(line("text", "case \u202Egnorw\u001B[2J\u0000 ភាសា\u200Bខ្មែរ", null))
                .contains("case ?gnorw?[2J? ភាសា\u200Bខ្មែរ");
    }

    private static String line(String format) {
        return line(format, "was lost to {}\nworker", null);
    }

    private static String line(String format, String message, Throwable thrown) {
        LoggerContext context = new LoggerContext();
        LogbackMDCAdapter mdc = new LogbackMDCAdapter();
        context.setMDCAdapter(mdc);
        Logs.configure(context, format);
        mdc.put("flow", "primero-to-oscar");
        mdc.put("record", "case-1");
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("dev.tandem.Claims"), Level.WARN, message, thrown, new Object[] {"another"});
        event.setInstant(Instant.parse("2026-11-25T12:00:00Z"));
        var redacting = (RedactingAppender) context.getLogger("ROOT").getAppender("stderr");
        var lines = (ConsoleAppender<ILoggingEvent>) redacting.getAppender("lines");
        var written = new ListAppender<ILoggingEvent>();
        written.start();
        redacting.detachAppender(lines);
        redacting.addAppender(written);
        redacting.doAppend(event);
        String line = new String(lines.getEncoder().encode(written.list.get(0)), StandardCharsets.UTF_8);
        context.stop();
        return line;
    }
}
