package dev.tandem.call;

import static dev.tandem.call.CallBench.setback;
import static dev.tandem.call.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GateTest {
    private final ExecutorService workers = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        workers.shutdownNow();
    }

    private static void assertGateClosed(Setback setback, String system) {
        assertThat(setback).isInstanceOfSatisfying(NotSent.class, notSent -> {
            assertThat(notSent.gate()).contains(system);
            assertThat(notSent.usesAttempt()).isFalse();
        });
    }

    private List<CompletableFuture<Exchange>> gets(CallBench bench, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> bench.get("primero"), workers))
                .toList();
    }

    @Test
    void a_401_of_primero_closes_the_gate_at_once_and_nothing_goes_out_any_more() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.always(json(401, "{\"error\":\"Invalid user name or password.\"}"));
                CallBench bench = CallBench.primeroAt(server.url())) {
            assertGateClosed(setback(bench.get("primero")), "primero");
            assertGateClosed(setback(bench.get("primero")), "primero");
            assertThat(server.requests()).hasSize(1);
            assertThat(bench.gates.closed()).containsEntry("primero", "http-401");
            assertThat(bench.gates.succeeded()).isEmpty();

            server.script(request -> json(200, "{\"data\":{}}"));
            bench.gates.reopen("primero");
            assertThat(bench.get("primero").getException()).isNull();
            assertThat(bench.gates.succeeded()).containsExactly("primero");
        }
    }

    @Test
    void one_probe_goes_first_and_the_rest_find_the_gate_that_it_closed() throws Exception {
        CountDownLatch oneTooMany = new CountDownLatch(2);
        try (ScriptedServer server = ScriptedServer.always((client, out) -> {
                    oneTooMany.countDown();
                    oneTooMany.await(500, TimeUnit.MILLISECONDS);
                    json(401, "{}").to(client, out);
                });
                CallBench bench = CallBench.primeroAt(server.url())) {
            List<CompletableFuture<Exchange>> all = gets(bench, 8);
            for (CompletableFuture<Exchange> one : all) {
                assertGateClosed(setback(one.get(60, TimeUnit.SECONDS)), "primero");
            }
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void a_probe_that_a_proxy_answered_proves_nothing_and_the_next_is_a_probe_again() throws Exception {
        try (ScriptedServer server = ScriptedServer.always(json(502, ""));
                CallBench bench = CallBench.primeroAt(server.url())) {
            setback(bench.get("primero"));
            assertThat(bench.gates.succeeded()).isEmpty();
            server.script(request -> json(404, "{}"));
            setback(bench.get("primero"));
            assertThat(bench.gates.succeeded()).containsExactly("primero");
        }
    }

    @Test
    void no_more_calls_at_once_than_the_system_bears() throws Exception {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch oneTooMany = new CountDownLatch(3);
        try (ScriptedServer server = ScriptedServer.always(json(200, "{\"data\":{}}"));
                CallBench bench =
                        CallBench.settings().primero(server.url()).maxCalls(2).start()) {
            bench.get("primero");
            server.script(request -> (client, out) -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                oneTooMany.countDown();
                oneTooMany.await(200, TimeUnit.MILLISECONDS);
                now.decrementAndGet();
                json(200, "{\"data\":{}}").to(client, out);
            });
            for (CompletableFuture<Exchange> one : gets(bench, 8)) {
                assertThat(one.get(60, TimeUnit.SECONDS).getException()).isNull();
            }
            assertThat(most).hasValue(2);
        }
    }

    @Test
    void a_call_without_a_turn_is_given_up_as_not_sent() throws Exception {
        CountDownLatch answer = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.always((client, out) -> {
                    answer.await();
                    json(200, "{\"data\":{}}").to(client, out);
                });
                CallBench bench = CallBench.settings()
                        .primero(server.url())
                        .turnTimeout(java.time.Duration.ofMillis(100))
                        .start()) {
            CompletableFuture<Exchange> probe = gets(bench, 1).get(0);
            Awaitility.await().until(() -> server.requests().size() == 1);
            assertThat(setback(bench.get("primero"))).isInstanceOfSatisfying(NotSent.class, notSent -> {
                assertThat(notSent.code()).isEqualTo("busy");
                assertThat(notSent.retryAfter()).isPresent();
                assertThat(notSent.usesAttempt()).isFalse();
            });
            answer.countDown();
            assertThat(probe.get(60, TimeUnit.SECONDS).getException()).isNull();
            assertThat(server.requests()).hasSize(1);
        }
    }
}
