package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SentOnceTest {
    private static final Map<String, ScriptedServer.Reply> MISBEHAVIOUR = Map.of(
            "503", json(503, "{}"),
            "503 with a wait", json(503, "{}", "Retry-after: 1"),
            "429 with a wait", json(429, "{}", "Retry-After: 1"),
            "redirect", json(307, "{}", "Location: /elsewhere"),
            "close", ScriptedServer.CLOSE);

    @ParameterizedTest
    @CsvSource({
        "GET, 503", "PUT, 503", "POST, 503", "PATCH, 503",
        "GET, 503 with a wait", "PUT, 503 with a wait", "POST, 503 with a wait", "PATCH, 503 with a wait",
        "GET, 429 with a wait", "PUT, 429 with a wait", "POST, 429 with a wait", "PATCH, 429 with a wait",
        "GET, redirect", "PUT, redirect", "POST, redirect", "PATCH, redirect",
        "GET, close", "PUT, close", "POST, close", "PATCH, close"
    })
    void whatever_the_server_does_it_sees_one_request(String method, String misbehaviour) throws Exception {
        try (ScriptedServer server = ScriptedServer.always(MISBEHAVIOUR.get(misbehaviour));
                CallBench bench = CallBench.primeroAt(server.url())) {
            Object body = method.equals("GET")
                    ? null
                    : JsonNodeFactory.instance.objectNode().put("age", 9);
            Setback setback = setback(bench.call("primero", method, "/api/v2/cases/1", body));
            assertThat(server.requests()).hasSize(1);
            assertThat(server.requests().get(0).method()).isEqualTo(method);
            if (misbehaviour.endsWith("wait")) {
                assertThat(setback).isInstanceOfSatisfying(NotSent.class, notSent -> {
                    assertThat(notSent.retryAfter()).contains(java.time.Duration.ofSeconds(1));
                    assertThat(notSent.usesAttempt()).isFalse();
                });
            } else {
                assertThat(setback).isInstanceOf(AnswerLost.class);
            }
        }
    }

    @Test
    void only_what_is_meant_for_the_system_leaves() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{\"id\":\"a b/7?x\"}}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            Exchange done = bench.request(
                    "direct:call-primero",
                    Map.of(
                            "CamelHttpMethod", "PATCH",
                            "CamelHttpPath", new Paths().under("/api/v2/cases", "a b/7?x"),
                            "CamelHttpQuery", "fields=short",
                            "CamelHttpUri", "http://127.0.0.1:1/steered",
                            "caseName", "Planted Name"),
                    JsonNodeFactory.instance.objectNode().put("name", "ចាន់"));
            assertThat(done.getException()).isNull();
            ScriptedServer.Request request = server.requests().get(0);
            assertThat(request.target()).isEqualTo("/api/v2/cases/a%20b%2F7%3Fx?fields=short");
            assertThat(request.body()).isEqualTo("{\"name\":\"ចាន់\"}");
            assertThat(request.headers().keySet())
                    .containsExactlyInAnyOrder(
                            "accept",
                            "accept-encoding",
                            "authorization",
                            "connection",
                            "content-length",
                            "content-type",
                            "host",
                            "user-agent");
            assertThat(request.headers()).containsEntry("accept", "application/json");
            assertThat(request.headers().get("content-type")).startsWith("application/json");
        }
    }

    @Test
    void a_success_leaves_its_json_and_status_and_nothing_that_steers_the_next_call() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}", "X-Other: 1"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            Exchange done = bench.request(
                    "direct:call-primero", Map.of("CamelHttpMethod", "GET", "CamelHttpPath", "/x", "own", 7), null);
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getBody()).hasToString("{\"data\":{}}");
            assertThat(done.getProperty(Answers.STATUS)).isEqualTo(200);
            assertThat(done.getMessage().getHeaders()).isEqualTo(Map.of("own", 7));
        }
    }

    @Test
    void the_callers_dead_letter_channel_gets_the_setback_itself_and_nothing_is_confirmed() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(500, "{}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            Exchange parked = bench.request("direct:caller", Map.of("CamelHttpMethod", "POST"), "{}");
            assertThat(parked.getProperty("parked")).isEqualTo("http-500");
            assertThat(parked.getProperty("confirmed")).isNull();
            Exchange caught = bench.request("direct:careful-caller", Map.of("CamelHttpMethod", "POST"), "{}");
            assertThat(caught.getProperty("caught")).isEqualTo("http-500");
            assertThat(List.of(parked.isFailed(), caught.isFailed())).containsOnly(false);
        }
    }
}
