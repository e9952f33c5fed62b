package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import dev.tandem.settings.Secret;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    /** Sends a byte again and again, well within any socket timeout, until the client hangs up. */
    private static void dribble(OutputStream out, CountDownLatch hungUp) throws InterruptedException {
        try {
            while (!hungUp.await(20, TimeUnit.MILLISECONDS)) {
                ScriptedServer.text(out, " ");
            }
        } catch (java.io.IOException gone) {
            hungUp.countDown();
        }
    }

    @Test
    void a_server_that_dribbles_its_body_is_cut_off_as_a_whole() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.always((client, out) -> {
                    ScriptedServer.head(out, 200, List.of("Content-Type: application/json"));
                    ScriptedServer.text(out, "\r\n");
                    dribble(out, hungUp);
                });
                CallBench bench = CallBench.settings()
                        .primero(server.url())
                        .callTimeout(SHORT)
                        .start()) {
            Setback setback = setback(bench.call("primero", "POST", "/x", "{}"));
            assertThat(setback).isInstanceOf(AnswerLost.class).hasFieldOrPropertyWithValue("code", "timeout");
            assertThat(hungUp.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_server_that_dribbles_its_head_is_cut_off_too() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.always((client, out) -> {
                    ScriptedServer.text(out, "HTTP/1.1 200 OK\r\nX-Slow: ");
                    dribble(out, hungUp);
                });
                CallBench bench = CallBench.settings()
                        .primero(server.url())
                        .callTimeout(SHORT)
                        .start()) {
            assertThat(setback(bench.get("primero"))).hasFieldOrPropertyWithValue("code", "timeout");
            assertThat(hungUp.await(60, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void a_handshake_that_never_ends_sent_nothing() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                CallBench bench = CallBench.settings()
                        .primero(URI.create("https://127.0.0.1:" + silent.getLocalPort()))
                        .callTimeout(SHORT)
                        .start()) {
            assertThat(setback(bench.call("primero", "POST", "/x", "{}")))
                    .isInstanceOf(NotSent.class)
                    .hasFieldOrPropertyWithValue("code", "connect-timeout");
            try (Socket accepted = silent.accept()) {
                ScriptedServer.awaitHangUp(accepted);
            }
        }
    }

    @Test
    void what_a_lease_must_cover_is_the_wait_for_a_turn_and_the_call() {
        SystemAccess access = new SystemAccess(
                "registry",
                URI.create("https://registry.example.org"),
                "u",
                new Secret("p"),
                SystemAccess.Login.BASIC,
                1,
                Duration.ofMinutes(2),
                Duration.ofSeconds(30));

        assertThat(access.longestCall()).isEqualTo(Duration.ofSeconds(150));
    }
}
