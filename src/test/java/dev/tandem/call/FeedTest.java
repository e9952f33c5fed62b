package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.Refused;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FeedTest {
    private final CountDownLatch firstRead = new CountDownLatch(1);
    private final AtomicReference<String> seen = new AtomicReference<>("");

    private interface Feed {
        void write(Socket client, OutputStream out) throws java.io.IOException, InterruptedException;
    }

    private static ScriptedServer oscar(Feed feed) {
        return new ScriptedServer(request -> request.target().contains("sign_in")
                ? json(200, "{\"data\":{}}", "access-token: t", "client: c", "uid: u", "expiry: 99999999999")
                : (client, out) -> {
                    ScriptedServer.head(out, 200, List.of("Content-Type: application/json"));
                    feed.write(client, out);
                });
    }

    private static CallBench bench(ScriptedServer server, Duration timeout, Processor reader) {
        return CallBench.settings()
                .oscar(server.url())
                .maxCalls(1)
                .callTimeout(Duration.ofMillis(500))
                .turnTimeout(Duration.ofSeconds(1))
                .feedTimeout(timeout)
                .bean("reader", reader)
                .start();
    }

    private static Exchange feed(CallBench bench) {
        return bench.request(
                "direct:feed-reader",
                Map.of("CamelHttpPath", "/api/v1/organizations/clients", "CamelHttpQuery", "since_date=2026-01-01"),
                null);
    }

    private Processor readAll() {
        return exchange -> {
            assertThat(exchange.getMessage().getBody()).isInstanceOf(InputStream.class);
            InputStream body = exchange.getMessage().getBody(InputStream.class);
            StringBuilder text = new StringBuilder();
            for (int c = body.read(); c >= 0; c = body.read()) {
                text.append((char) c);
                firstRead.countDown();
            }
            seen.set(text.toString());
        };
    }

    @Test
    void the_first_client_is_seen_before_the_last_was_sent() throws Exception {
        try (ScriptedServer server = oscar((client, out) -> {
                    ScriptedServer.text(out, "Content-Length: 11\r\n\r\n{\"data\":");
                    firstRead.await();
                    ScriptedServer.text(out, "[ ]");
                });
                CallBench bench = bench(server, Duration.ofSeconds(20), readAll())) {
            Exchange done = feed(bench);
            assertThat(done.getException()).isNull();
            assertThat(seen).hasValue("{\"data\":[ ]");
            assertThat(server.requests("clients").get(0).target())
                    .isEqualTo("/api/v1/organizations/clients?since_date=2026-01-01&locale=en");
            assertThat(done.getProperty("parked")).isNull();
            // The turn of the only call at once was given back.
            server.script(request -> json(200, "{\"data\":{}}"));
            assertThat(bench.get("oscar").getException()).isNull();
        }
    }

    @Test
    void a_feed_that_breaks_off_never_looks_like_its_end() throws Exception {
        try (ScriptedServer server =
                        oscar((client, out) -> ScriptedServer.text(out, "Content-Length: 99\r\n\r\n{\"data\":["));
                CallBench bench = bench(server, Duration.ofSeconds(20), readAll())) {
            assertThat(feed(bench).getProperty("parked")).isEqualTo("truncated-answer");
            assertThat(seen).hasValue("");
        }
    }

    @Test
    void its_own_deadline_ends_it_wherever_it_is() throws Exception {
        try (ScriptedServer server = oscar((client, out) -> {
                    ScriptedServer.text(out, "\r\n{");
                    ScriptedServer.awaitHangUp(client);
                });
                CallBench bench = bench(server, Duration.ofSeconds(1), readAll())) {
            assertThat(feed(bench).getProperty("parked")).isEqualTo("timeout");
        }
    }

    @Test
    void a_reader_that_stops_early_ends_the_call_without_fetching_the_rest() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        byte[] block = "x".repeat(1024 * 1024).getBytes(StandardCharsets.UTF_8);
        try (ScriptedServer server = oscar((client, out) -> {
                    ScriptedServer.text(out, "\r\n");
                    try {
                        while (true) {
                            out.write(block);
                        }
                    } finally {
                        hungUp.countDown();
                    }
                });
                CallBench bench = bench(server, Duration.ofSeconds(20), exchange -> {
                    exchange.getMessage().getBody(InputStream.class).read();
                    throw new Refused("no-more", "no more", 0, List.of());
                })) {
            assertThat(feed(bench).getProperty("parked")).isEqualTo("no-more");
            hungUp.await();
            server.script(request -> json(200, "{\"data\":{}}"));
            assertThat(bench.get("oscar").getException()).isNull();
        }
    }

    @Test
    void what_is_no_feed_is_judged_like_any_answer() throws Exception {
        try (ScriptedServer server = oscar((client, out) -> {});
                CallBench bench = bench(server, Duration.ofSeconds(20), readAll())) {
            ScriptedServer.Reply signIn =
                    json(200, "{\"data\":{}}", "access-token: t", "client: c", "uid: u", "expiry: 99999999999");
            Map<String, ScriptedServer.Reply> replies = Map.of(
                    "http-500", json(500, "{}"),
                    "http-503", json(503, "{}", "Retry-After: 5"),
                    "http-403-not-oscar", json(403, "{}"),
                    "html-answer", ScriptedServer.reply(200, "<html>", List.of("Content-Type: text/html")));
            replies.forEach((code, reply) -> {
                server.script(request -> request.target().contains("sign_in") ? signIn : reply);
                Exchange done = bench.request("direct:feed-oscar", Map.of("CamelHttpPath", "/x"), null);
                assertThat(setback(done).code()).isEqualTo(code);
            });
            server.script(request -> request.target().contains("sign_in") ? signIn : ScriptedServer.CLOSE);
            assertThat(setback(bench.request("direct:feed-oscar", Map.of("CamelHttpPath", "/x"), null)))
                    .isInstanceOf(AnswerLost.class);
        }
    }
}
