package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.Refused;
import dev.tandem.settings.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void primero_gets_basic_unasked() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            bench.get("primero");
            String pair = Base64.getEncoder().encodeToString("sync_svc:p&w%=1".getBytes(StandardCharsets.UTF_8));
            assertThat(server.requests().get(0).headers()).containsEntry("authorization", "Basic " + pair);
        }
    }

    @Test
    void a_host_or_port_that_is_not_configured_is_not_even_connected_to() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                ScriptedServer stranger = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            for (String url : new String[] {
                stranger.url().toString(),
                "http://localhost:" + server.port(),
                "https://127.0.0.1:" + server.port(),
                "http://127.0.0.1:" + server.port() + "@127.0.0.1:" + stranger.port()
            }) {
                Exchange done = bench.request("direct:elsewhere", Map.of("CamelHttpUri", url), null);
                assertThat(done.getException()).as(url).isNotNull();
            }
            assertThat(setback(bench.request(
                            "direct:elsewhere",
                            Map.of("CamelHttpUri", stranger.url().toString()),
                            null)))
                    .isInstanceOf(Refused.class)
                    .hasMessageContaining("127.0.0.1:" + stranger.port())
                    .hasMessageContaining("tandem.http.allowed-hosts");
            assertThat(stranger.requests()).isEmpty();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void an_allowed_host_gets_no_credentials() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                ScriptedServer allowed = ScriptedServer.always(json(200, "{\"data\":{}}", "X-Own: 1"));
                CallBench bench = CallBench.settings()
                        .primero(server.url())
                        .allow(allowed.url())
                        .start()) {
            Exchange done = bench.request(
                    "direct:elsewhere", Map.of("CamelHttpUri", allowed.url().toString()), null);
            assertThat(done.getException()).isNull();
            assertThat(done.getMessage().getHeader("X-Own")).isEqualTo("1");
            assertThat(allowed.requests().get(0).headers()).doesNotContainKeys("authorization", "access-token", "uid");
        }
    }

    @Test
    void a_route_of_the_users_own_is_guarded_like_ours() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(401, "{}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            Exchange done = bench.request(
                    "direct:elsewhere", Map.of("CamelHttpUri", server.url().toString()), null);
            assertThat(setback(done).code()).isEqualTo("gate-closed");
            assertThat(bench.gates.closed()).containsKey("primero");
        }
    }

    @Test
    void credentials_are_in_no_text() {
        SystemAccess access = SystemAccess.primero(
                URI.create("https://primero.example.org"), "u", new Secret("hidden"), 1, Duration.ofSeconds(1));
        assertThat(access).hasToString("primero at https://primero.example.org:443");
    }
}
