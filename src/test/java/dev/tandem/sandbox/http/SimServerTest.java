package dev.tandem.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimServerTest {
    private final SimServer server = new SimServer(SimClock.frozenAt(Instant.parse("2026-03-01T00:00:00Z")));
    private final AtomicInteger changes = new AtomicInteger();
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        server.route("POST", "/things/:id", request -> {
            changes.incrementAndGet();
            return Reply.json(200, Json.object().put("id", request.pathValue("id")));
        });
        server.route("POST", "/things/special", request -> Reply.empty(204));
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_call_is_answered_and_counted_by_its_template() throws Exception {
        assertThat(post("/things/7?a=1&a=2").body()).isEqualTo("{\"id\":\"7\"}");
        assertThat(post("/things/special").statusCode()).isEqualTo(204);
        assertThat(post("/nowhere").statusCode()).isEqualTo(404);
        assertThat(server.calls().count("POST", "/things/:id")).isEqualTo(1);
        assertThat(server.calls().list("POST", "/things/:id")).singleElement().satisfies(call -> {
            assertThat(call.ids()).containsEntry("id", "7");
            assertThat(call.query().get("a")).containsExactly("1", "2");
        });
    }

    @Test
    void closed_before_the_change_nothing_has_changed() {
        server.faults().next("POST", "/things/:id", Fault.dropBefore());
        assertThatThrownBy(() -> post("/things/7")).isInstanceOf(IOException.class);
        assertThat(changes).hasValue(0);
        assertThat(server.faults().lostAnswers("POST", "/things/:id")).isZero();
    }

    @Test
    void closed_after_the_change_it_has_and_the_answer_counts_as_lost() throws Exception {
        server.faults().next("POST", "/things/:id", Fault.dropAfter());
        assertThatThrownBy(() -> post("/things/7")).isInstanceOf(IOException.class);
        assertThat(changes).hasValue(1);
        assertThat(server.faults().lostAnswers("POST", "/things/:id")).isEqualTo(1);
        assertThat(server.calls().list("POST", "/things/:id")).singleElement().satisfies(call -> {
            assertThat(call.status()).isZero();
            assertThat(call.outcome()).isEqualTo(200);
        });
        assertThat(post("/things/7").statusCode()).isEqualTo(200);
    }

    @Test
    void a_truncated_body_ends_before_its_length() {
        server.faults().next("POST", "/things/:id", Fault.truncated());
        assertThatThrownBy(() -> post("/things/7")).isInstanceOf(IOException.class);
        assertThat(changes).hasValue(1);
    }

    @Test
    void a_malformed_body_is_complete_http_and_broken_json() throws Exception {
        server.faults().next("POST", "/things/:id", Fault.malformedJson());
        HttpResponse<String> response = post("/things/7");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> Json.read(response.body())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void answers_in_place_of_the_right_one_leave_the_state_alone_unless_told() throws Exception {
        server.faults().times(2, "POST", "/things/:id", Fault.retryAfter(503, 7));
        HttpResponse<String> busy = post("/things/7");
        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.headers().firstValue("Retry-After")).contains("7");
        assertThat(post("/things/7").statusCode()).isEqualTo(503);
        assertThat(changes).hasValue(0);
        server.faults().next("POST", "/things/:id", Fault.html(502).afterEffect());
        assertThat(post("/things/7").body()).startsWith("<html>");
        assertThat(changes).hasValue(1);
        assertThat(server.faults().struck()).containsEntry("status-503", 2L).containsEntry("html-502-after", 1L);
    }

    @Test
    void a_held_answer_waits_for_its_release_and_the_change_has_been_made() throws Exception {
        Hold hold = server.faults().holdAnswer("POST", "/things/:id");
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request("POST", "/things/7", ""), text());
        assertThat(hold.awaitCall(Duration.ofSeconds(10))).isTrue();
        assertThat(changes).hasValue(1);
        assertThat(answer).isNotDone();
        hold.release();
        assertThat(answer.get().statusCode()).isEqualTo(200);
    }

    @Test
    void a_held_call_has_changed_nothing_until_its_release() throws Exception {
        Hold hold = server.faults().holdCall("POST", "/things/:id");
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request("POST", "/things/7", ""), text());
        assertThat(hold.awaitCall(Duration.ofSeconds(10))).isTrue();
        assertThat(changes).hasValue(0);
        hold.release();
        assertThat(answer.get().statusCode()).isEqualTo(200);
        assertThat(changes).hasValue(1);
    }

    @Test
    void down_it_refuses_connections_and_comes_back_on_the_same_port() throws Exception {
        int port = server.port();
        server.down();
        assertThatThrownBy(() -> post("/things/7")).isInstanceOf(ConnectException.class);
        server.up();
        assertThat(server.port()).isEqualTo(port);
        assertThat(post("/things/7").statusCode()).isEqualTo(200);
    }

    @Test
    void faults_at_random_are_the_same_for_the_same_seed() throws Exception {
        String first = randomRun(42);
        String again = randomRun(42);
        assertThat(first).isEqualTo(again).contains("5").contains("2");
        assertThat(randomRun(43)).isNotEqualTo(first);
    }

    private String randomRun(long seed) throws Exception {
        Faults.Rule rule = server.faults().atRandom(seed, 0.5, "POST", "/things/:id", Fault.status(500));
        StringBuilder statuses = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            statuses.append(post("/things/" + i % 4).statusCode() / 100);
        }
        rule.remove();
        return statuses.toString();
    }

    @Test
    void another_process_can_set_faults_move_the_clock_and_call_acts() throws Exception {
        server.control()
                .act("add", wish -> Json.object().put("sum", wish.path("a").asInt() + 1));
        server.control().view("changes", () -> Json.object().put("n", changes.get()));
        send("POST", "/_control/faults", "{\"method\":\"POST\",\"fault\":\"status-418\",\"times\":1}");
        assertThat(post("/things/7").statusCode()).isEqualTo(418);
        assertThat(post("/things/7").statusCode()).isEqualTo(200);
        send("POST", "/_control/clock", "{\"advance\":\"PT1H\"}");
        assertThat(server.clock().now()).isEqualTo("2026-03-01T01:00:00Z");
        assertThat(send("POST", "/_control/acts/add", "{\"a\":2}").body()).isEqualTo("{\"sum\":3}");
        assertThat(send("GET", "/_control/state/changes", "").body()).isEqualTo("{\"n\":1}");
        assertThat(send("GET", "/_control/counters", "").body()).contains("\"status-418\":1");
        assertThat(server.calls().total()).isEqualTo(2);
    }

    private HttpResponse<String> post(String path) throws Exception {
        return send("POST", path, "{}");
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return client.send(request(method, path, body), text());
    }

    private HttpRequest request(String method, String path, String body) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static HttpResponse.BodyHandler<String> text() {
        return HttpResponse.BodyHandlers.ofString();
    }
}
