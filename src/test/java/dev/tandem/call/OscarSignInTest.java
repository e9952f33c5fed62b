package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.NotSent;
import dev.tandem.sandbox.oscar.OscarSimulator;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OscarSignInTest {
    private static final String SIGN_IN = "/admin_auth/sign_in";

    private final AtomicInteger signIns = new AtomicInteger();
    private final AtomicReference<String> valid = new AtomicReference<>("none");

    private ScriptedServer.Reply tokens(Instant expiry) {
        String token = "token-" + signIns.incrementAndGet();
        valid.set(token);
        return json(
                200,
                "{\"data\":{\"token\":\"static-secret\"}}",
                "Access-Token: " + token,
                "client: c1",
                "uid: sync@example.org",
                "expiry: " + expiry.getEpochSecond());
    }

    private ScriptedServer.Reply oscar(ScriptedServer.Request request) {
        if (request.target().contains(SIGN_IN)) {
            return tokens(Instant.now().plus(Duration.ofDays(7)));
        }
        return valid.get().equals(request.headers().get("access-token"))
                ? json(200, "{\"message\":\"Record saved.\"}", "access-token: " + valid.get())
                : json(401, "{\"errors\":[\"You need to sign in\"]}");
    }

    @Test
    void many_calls_at_once_sign_in_once() throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(8);
        try (ScriptedServer server = new ScriptedServer(this::oscar);
                CallBench bench = CallBench.oscarAt(server.url())) {
            List<CompletableFuture<Exchange>> all = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> bench.get("oscar"), workers))
                    .toList();
            for (CompletableFuture<Exchange> one : all) {
                assertThat(one.get(60, TimeUnit.SECONDS).getException()).isNull();
            }
            List<ScriptedServer.Request> signedIn = server.requests(SIGN_IN);
            assertThat(signedIn).hasSize(1);
            assertThat(signedIn.get(0).method()).isEqualTo("POST");
            assertThat(signedIn.get(0).body()).contains("\"sync@example.org\"", "\"s3cret-word\"");
            assertThat(signedIn.get(0).headers()).doesNotContainKey("authorization");
            assertThat(server.requests("/api/record")).hasSize(8).allSatisfy(request -> {
                assertThat(request.headers())
                        .containsEntry("access-token", "token-1")
                        .containsEntry("client", "c1")
                        .containsEntry("uid", "sync@example.org");
                assertThat(request.target()).isEqualTo("/api/record?locale=en");
            });
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void tokens_come_into_no_message() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::oscar);
                CallBench bench = CallBench.oscarAt(server.url())) {
            Exchange done = bench.get("oscar");
            assertThat(done.getMessage().getHeaders()).isEmpty();
            Exchange signIn = bench.request("direct:sign-in-oscar", java.util.Map.of(), null);
            assertThat(signIn.getException()).isNull();
            assertThat(signIn.getMessage().getHeaders().toString()
                            + signIn.getMessage().getBody(String.class))
                    .doesNotContain("token-", "static-secret", "s3cret-word");
        }
    }

    @Test
    void a_refused_token_is_renewed_and_that_request_repeated_once() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::oscar);
                CallBench bench = CallBench.oscarAt(server.url())) {
            bench.get("oscar");
            valid.set("another");
            Exchange done = bench.call("oscar", "PUT", "/api/upsert/links", "{\"organization\":{}}");
            assertThat(done.getException()).isNull();
            assertThat(server.requests(SIGN_IN)).hasSize(2);
            assertThat(server.requests("/api/upsert/links")).hasSize(2).allSatisfy(request -> {
                assertThat(request.body()).isEqualTo("{\"organization\":{}}");
                assertThat(request.headers().get("content-type")).startsWith("application/json");
            });
        }
    }

    @Test
    void a_token_refused_again_closes_no_gate_and_the_next_call_signs_in_anew() throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer(request -> request.target().contains(SIGN_IN)
                                ? tokens(Instant.now().plus(Duration.ofDays(7)))
                                : json(401, "{}"));
                CallBench bench = CallBench.oscarAt(server.url())) {
            assertThat(setback(bench.get("oscar")).code()).isEqualTo("token-refused");
            assertThat(server.requests(SIGN_IN)).hasSize(2);
            assertThat(server.requests("/api/record")).hasSize(2);
            assertThat(bench.gates.closed()).isEmpty();
            server.script(this::oscar);
            assertThat(bench.get("oscar").getException()).isNull();
        }
    }

    @Test
    void a_refused_sign_in_closes_the_gate_at_once() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(401, "{\"success\":false}"));
                CallBench bench = CallBench.oscarAt(server.url())) {
            assertThat(setback(bench.get("oscar")))
                    .isInstanceOfSatisfying(
                            NotSent.class, notSent -> assertThat(notSent.gate()).contains("oscar"));
            setback(bench.get("oscar"));
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_401_of_something_else_says_nothing_about_the_password() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(401, "{\"error\":\"proxy login\"}"));
                CallBench bench = CallBench.oscarAt(server.url())) {
            assertThat(setback(bench.get("oscar")).code()).isEqualTo("sign-in-http-401");
            assertThat(bench.gates.closed()).isEmpty();
        }
    }

    @Test
    void of_processes_that_share_a_ledger_one_at_a_time_signs_in_and_no_token_is_lost() throws Exception {
        MemoryGates shared = new MemoryGates();
        ExecutorService processes = Executors.newFixedThreadPool(3);
        try (OscarSimulator oscar = OscarSimulator.start();
                CallBench one = beside(oscar, shared);
                CallBench two = beside(oscar, shared);
                CallBench three = beside(oscar, shared)) {
            oscar.switches().signInWindow(Duration.ofMillis(200));
            List<CompletableFuture<Exchange>> all = List.of(one, two, three).stream()
                    .map(bench -> CompletableFuture.supplyAsync(
                            () -> bench.call("oscar", "GET", "/api/v1/admin_auth/validate_token", null), processes))
                    .toList();
            for (CompletableFuture<Exchange> each : all) {
                assertThat(each.get().getException()).isNull();
            }
            assertThat(oscar.calls().count("POST", "/api/v1/admin_auth/sign_in"))
                    .isEqualTo(3);
            assertThat(shared.closed()).isEmpty();
        } finally {
            processes.shutdownNow();
        }
    }

    private static CallBench beside(OscarSimulator oscar, MemoryGates shared) {
        return CallBench.settings()
                .oscar(URI.create(oscar.url()))
                .oscarLogin(oscar.settings().email(), oscar.settings().password())
                .gates(shared)
                .start();
    }

    @Test
    void whatever_else_becomes_of_the_sign_in_the_call_was_not_sent() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.settings()
                        .oscar(server.url())
                        .callTimeout(Duration.ofMillis(500))
                        .start()) {
            for (ScriptedServer.Reply reply : List.of(
                    json(500, "oops"),
                    json(200, "{\"data\":{}}"),
                    ScriptedServer.CLOSE,
                    (client, out) -> ScriptedServer.awaitHangUp(client))) {
                server.script(request -> reply);
                assertThat(setback(bench.call("oscar", "PUT", "/api/upsert/links", "{}")))
                        .isInstanceOfSatisfying(NotSent.class, notSent -> {
                            assertThat(notSent.code()).startsWith("sign-in-");
                            assertThat(notSent.usesAttempt()).isTrue();
                        });
            }
            server.script(request -> json(503, "{}", "Retry-After: 60"));
            assertThat(setback(bench.call("oscar", "PUT", "/api/upsert/links", "{}")))
                    .isInstanceOfSatisfying(NotSent.class, notSent -> assertThat(notSent.retryAfter())
                            .contains(Duration.ofSeconds(60)));
            assertThat(server.requests("/api/upsert/links")).isEmpty();
        }
    }

    @Test
    void a_token_about_to_expire_is_not_used_again() throws Exception {
        try (ScriptedServer server =
                        new ScriptedServer(request -> request.target().contains(SIGN_IN)
                                ? tokens(Instant.now().plusSeconds(60))
                                : json(200, "{\"data\":{}}"));
                CallBench bench = CallBench.oscarAt(server.url())) {
            bench.get("oscar");
            bench.get("oscar");
            assertThat(server.requests("/api/record"))
                    .extracting(request -> request.headers().get("access-token"))
                    .containsExactly("token-1", "token-2");
        }
    }

    @Test
    void with_one_call_at_once_the_sign_in_still_finds_room() throws Exception {
        try (ScriptedServer server = new ScriptedServer(this::oscar);
                CallBench bench =
                        CallBench.settings().oscar(server.url()).maxCalls(1).start()) {
            assertThat(bench.get("oscar").getException()).isNull();
        }
    }
}
