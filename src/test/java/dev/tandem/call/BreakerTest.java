package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class BreakerTest {
    private static final int PLENTY = 25;

    @Test
    void an_open_breaker_is_no_success_and_sends_nothing() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            bench.get("primero");
            server.script(request -> ScriptedServer.CLOSE);
            while (!(bench.get("primero").getException() instanceof NotSent)) {
                assertThat(server.requests()).hasSizeLessThan(PLENTY);
            }
            int sent = server.requests().size();
            assertThat(setback(bench.get("primero"))).isInstanceOfSatisfying(NotSent.class, notSent -> {
                assertThat(notSent.code()).isEqualTo("breaker-open");
                assertThat(notSent.usesAttempt()).isFalse();
                assertThat(notSent.retryAfter()).isPresent();
            });
            Exchange parked = bench.request("direct:caller", Map.of("CamelHttpMethod", "POST"), "{}");
            assertThat(parked.getProperty("parked")).isEqualTo("breaker-open");
            assertThat(parked.getProperty("confirmed")).isNull();
            assertThat(server.requests()).hasSize(sent);
        }
    }

    @Test
    void refusals_never_open_it() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(
                        json(422, "{\"errors\":[{\"status\":422,\"resource\":\"/api/record\",\"message\":\"no\"}]}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            for (int i = 0; i < PLENTY; i++) {
                assertThat(setback(bench.get("primero"))).isInstanceOf(Refused.class);
            }
            assertThat(server.requests()).hasSize(PLENTY);
        }
    }

    @Test
    void what_is_held_back_or_odd_but_up_does_not_open_it_either() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            bench.gates.close("primero", "by-hand");
            for (int i = 0; i < PLENTY; i++) {
                assertThat(setback(bench.get("primero")).code()).isEqualTo("gate-closed");
            }
            bench.gates.reopen("primero");
            for (ScriptedServer.Reply reply : new ScriptedServer.Reply[] {
                json(503, "{}", "Retry-After: 60"), json(429, "Retry later"), json(200, ""), json(404, "<p>", "x: y")
            }) {
                server.script(request -> reply);
                for (int i = 0; i < PLENTY; i++) {
                    assertThat(setback(bench.get("primero")).code()).isNotEqualTo("breaker-open");
                }
            }
            server.script(request -> json(200, "{\"data\":{}}"));
            assertThat(bench.get("primero").getException()).isNull();
        }
    }

    @Test
    void each_system_has_its_own() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            for (int i = 0; i < PLENTY; i++) {
                setback(bench.get("oscar"));
            }
            assertThat(setback(bench.get("oscar")).code()).isEqualTo("breaker-open");
            assertThat(bench.get("primero").getException()).isNull();
        }
    }

    @Test
    void a_5xx_counts_as_down() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(500, "{}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            assertThat(setback(bench.get("primero"))).isInstanceOf(AnswerLost.class);
            for (int i = 0; i < PLENTY; i++) {
                bench.get("primero");
            }
            assertThat(setback(bench.get("primero")).code()).isEqualTo("breaker-open");
        }
    }
}
