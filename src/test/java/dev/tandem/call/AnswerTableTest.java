package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static dev.tandem.call.ScriptedServer.reply;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class AnswerTableTest {
    private ScriptedServer server;
    private CallBench bench;

    @BeforeEach
    void start() {
        server = ScriptedServer.always(json(200, "{\"data\":{}}"));
        bench = CallBench.primeroAt(server.url());
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
        server.close();
    }

    private Setback answered(ScriptedServer.Reply reply) {
        server.script(request -> reply);
        return setback(bench.call("primero", "POST", "/api/v2/cases", "{}"));
    }

    @Test
    void a_502_and_a_bare_503_may_have_taken_effect() {
        assertThat(answered(json(502, "")))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "http-502");
        assertThat(answered(json(503, "{}")))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "http-503");
    }

    @Test
    void a_web_page_is_no_answer() {
        assertThat(answered(reply(200, "<html>maintenance</html>", List.of("content-TYPE: text/html; charset=utf-8"))))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "html-answer");
        assertThat(answered(reply(502, "<html>bad gateway</html>", List.of("Content-Type: text/html"))))
                .hasFieldOrPropertyWithValue("code", "http-502");
    }

    @Test
    void a_200_with_an_empty_body_is_no_success() {
        assertThat(answered(json(200, "")))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "empty-answer");
        assertThat(answered(json(200, " \n"))).hasFieldOrPropertyWithValue("code", "empty-answer");
    }

    @Test
    void when_it_was_answered_by_the_systems_own_clock_is_kept_for_the_caller() {
        server.script(request -> json(200, "{\"data\":[]}", "Date: Tue, 10 Mar 2026 08:30:00 GMT"));
        assertThat(bench.call("primero", "GET", "/x", null).getProperty(Answers.ANSWERED_AT))
                .isEqualTo(Instant.parse("2026-03-10T08:30:00Z"));
        server.script(request -> json(200, "{\"data\":[]}", "Date: some time ago"));
        assertThat(bench.call("primero", "GET", "/x", null).getProperty(Answers.ANSWERED_AT))
                .isNull();
    }

    @Test
    void what_is_read_and_beyond_what_can_be_read_is_that_records_fault_and_says_nothing_of_the_system() {
        String tooLong = "{\"data\":\"" + "x".repeat(20_000_001) + "\"}";
        String tooLarge = "{\"data\":[\"" + "x".repeat(17_000_000) + "\",\"" + "x".repeat(17_000_000) + "\"]}";
        for (int call = 0; call < 12; call++) {
            server.script(request -> json(200, tooLarge));
            assertThat(setback(bench.call("primero", "GET", "/api/v2/cases", null)))
                    .isInstanceOf(Refused.class)
                    .hasFieldOrPropertyWithValue("code", "answer-too-long");
        }
        server.script(request -> json(200, tooLong));
        assertThat(setback(bench.call("primero", "GET", "/api/v2/cases", null)))
                .isInstanceOf(Refused.class)
                .hasFieldOrPropertyWithValue("code", "beyond-limits");
        assertThat(answered(json(200, tooLong))).isInstanceOf(AnswerLost.class);
    }

    @Test
    void a_body_that_is_cut_off_is_no_success_even_if_it_is_json_so_far() {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 90\r\n\r\n{}";
        assertThat(answered((client, out) -> ScriptedServer.text(out, head)))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "truncated-answer");
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n";
        assertThat(answered((client, out) -> ScriptedServer.text(out, chunked)))
                .hasFieldOrPropertyWithValue("code", "truncated-answer");
        String noLength = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\":[{\"id\":";
        assertThat(answered((client, out) -> ScriptedServer.text(out, noLength)))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "not-json");
        assertThat(answered(json(200, "{\"data\":{}} {}"))).hasFieldOrPropertyWithValue("code", "not-json");
    }

    @Test
    void a_close_after_sending_may_have_taken_effect() {
        assertThat(answered(ScriptedServer.CLOSE))
                .isInstanceOf(AnswerLost.class)
                .hasFieldOrPropertyWithValue("code", "connection-closed");
    }

    @Test
    void an_answer_longer_than_we_keep_in_memory_is_dropped() {
        Setback setback = answered((client, out) -> {
            ScriptedServer.head(out, 200, List.of("Content-Type: application/json"));
            ScriptedServer.text(out, "\r\n");
            byte[] block = new byte[1024 * 1024];
            for (int i = 0; i < 40; i++) {
                out.write(block);
            }
        });
        assertThat(setback).isInstanceOf(AnswerLost.class).hasFieldOrPropertyWithValue("code", "answer-too-long");
    }

    @Test
    void a_4xx_is_refused_with_the_names_of_the_fields_and_nothing_else() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.start();
        root.addAppender(log);
        try {
            String primero = "{\"errors\":[{\"status\":422,\"resource\":\"/api/v2/cases/Sokha Planted\","
                    + "\"detail\":[\"/age\",\"/services_section/0/service_type\",\"Sokha Planted\"],"
                    + "\"message\":\"Sokha Planted is no date\"},"
                    + "{\"status\":422,\"detail\":\"date_of_birth\",\"message\":[\"Sokha Planted\"]},"
                    + "{\"status\":422,\"detail\":\"Sokha Planted\",\"message\":\"Sokha Planted\"}]}";
            Refused refused = (Refused) answered(json(422, primero));
            assertThat(refused.fields()).containsExactly("/age", "/services_section/0/service_type", "date_of_birth");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.code()).isEqualTo("http-422");
            assertThat(refused).hasMessageNotContaining("Planted").hasMessageContaining("/age");
            server.script(request -> json(422, primero));
            bench.request("direct:caller", Map.of("CamelHttpMethod", "POST"), "{\"name\":\"Sokha Planted\"}");
            assertThat(((Refused) answered(json(
                                    404, "{\"errors\":[{\"status\":404,\"detail\":\"Planted\",\"message\":\"x\"}]}")))
                            .fields())
                    .isEmpty();
            assertThat(answered(json(500, primero))).hasMessageNotContaining("Planted");
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n")))
                .doesNotContain("Planted");
    }

    @Test
    void a_connection_that_cannot_be_made_sent_nothing() throws Exception {
        int port;
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
        }
        assertUnreachable("http://127.0.0.1:" + port, "connection-refused");
        assertUnreachable("http://no-such-host.invalid", "unknown-host");
        assertUnreachable("https://127.0.0.1:" + server.port(), "tls-failed");
    }

    private static void assertUnreachable(String url, String code) {
        try (CallBench unreachable = CallBench.primeroAt(URI.create(url))) {
            assertThat(setback(unreachable.call("primero", "POST", "/x", "{}")))
                    .isInstanceOfSatisfying(NotSent.class, notSent -> {
                        assertThat(notSent.code()).isEqualTo(code);
                        assertThat(notSent.usesAttempt()).isTrue();
                    });
        }
    }
}
