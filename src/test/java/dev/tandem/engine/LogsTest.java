package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.ConsoleAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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
        assertThat(line("text"))
                .matches("(?s)2026-11-25T12:00:00.000Z WARN  Claims: was lost to another \\| worker\\R");
    }

    private static String line(String format) {
        LoggerContext context = new LoggerContext();
        LogbackMDCAdapter mdc = new LogbackMDCAdapter();
        context.setMDCAdapter(mdc);
        Logs.configure(context, format);
        mdc.put("flow", "primero-to-oscar");
        mdc.put("record", "case-1");
        LoggingEvent event = new LoggingEvent(
                "", context.getLogger("dev.tandem.Claims"), Level.WARN, "was lost to {}\nworker", null, new Object[] {
                    "another"
                });
        event.setInstant(java.time.Instant.parse("2026-11-25T12:00:00Z"));
        var appender =
                (ConsoleAppender<ILoggingEvent>) context.getLogger("ROOT").getAppender("stderr");
        String line = new String(appender.getEncoder().encode(event), StandardCharsets.UTF_8);
        context.stop();
        return line;
    }
}
