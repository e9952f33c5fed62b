package dev.tandem.engine.port;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real server with small limits, and callers that do what no honest one does. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PortGuardTest {
    private static final String POST = "POST /webhooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: ";
    private static final String WHOLE = POST + "2\r\n\r\n{}";

    private final List<Socket> sockets = new ArrayList<>();
    private Ports ports;
    private WebhookDoor door;
    private int port;
    private final AtomicInteger slowOnes = new AtomicInteger();
    private final CompletableFuture<RoutingContext> neverAnswered = new CompletableFuture<>();

    @BeforeEach
    void listen() throws Exception {
        listen(new PortGuard.Limits(20, 3, Duration.ofMillis(500), Duration.ofMillis(700), Duration.ofMillis(1500)));
    }

    private void listen(PortGuard.Limits limits) throws Exception {
        ports = new Ports(limits, Map.of());
        Router router = Router.router(ports.vertx());
        door = WebhookDoor.before(router, ports);
        router.post("/webhooks/never").handler(neverAnswered::complete);
        router.post("/slow").handler(exchange -> {
            slowOnes.incrementAndGet();
            exchange.next();
        });
        router.post("/slow").handler(BodyHandler.create(false));
        router.route().handler(exchange -> {
            ports.isUnknown(exchange.request());
            exchange.next();
        });
        router.route().handler(BodyHandler.create(false));
        router.route()
                .handler(exchange -> exchange.response().setStatusCode(202).end());
        HttpServer server = ports.vertx().createHttpServer(new HttpServerOptions());
        server.requestHandler(router);
        port = server.listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS)
                .actualPort();
        ports.take(true);
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        ports.close();
    }

    @Test
    void who_says_nothing_or_half_of_it_is_closed_after_a_while() throws IOException {
        assertThat(rest(caller(""))).isEmpty();
        assertThat(rest(caller("POST /webhooks/x HTTP/1.1\r\nHo"))).isEmpty();
        Socket again = caller(WHOLE);
        assertThat(rest(again))
                .as("kept for a second request, and closed without one")
                .startsWith("HTTP/1.1 202");
    }

    @Test
    void a_body_that_comes_too_slowly_is_refused() throws IOException {
        assertThat(rest(caller(POST + "100\r\n\r\n{")))
                .startsWith("HTTP/1.1 408")
                .contains("Connection: close");
    }

    @Test
    void a_webhook_that_is_not_answered_in_time_is_to_come_again() throws IOException {
        assertThat(rest(caller(WHOLE.replace("webhooks/x", "webhooks/never"))))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After");
    }

    @Test
    void the_newest_caller_is_let_in_and_the_oldest_idle_one_makes_room() throws IOException {
        List<Socket> idle = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            idle.add(caller(""));
        }
        assertThat(firstLine(caller(WHOLE))).isEqualTo("HTTP/1.1 202 Accepted");
        assertThat(rest(idle.get(0))).isEmpty();
    }

    @Test
    void of_bodies_of_unknown_senders_the_slowest_makes_room() throws IOException {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            slow.add(caller(POST + "100\r\n\r\n{"));
        }
        assertThat(firstLine(caller(WHOLE))).isEqualTo("HTTP/1.1 202 Accepted");
        long refused = slow.stream()
                .filter(one -> rest(one).startsWith("HTTP/1.1 503"))
                .count();
        assertThat(refused).isPositive();
    }

    @Test
    void a_webhook_before_its_route_is_up_is_to_come_again() throws IOException {
        ports.take(false);
        assertThat(rest(caller(WHOLE))).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
        assertThat(firstLine(caller("GET /other HTTP/1.1\r\nHost: x\r\n\r\n"))).isEqualTo("HTTP/1.1 202 Accepted");
    }

    /** Vert.x begins a second request with its lock on the connection held, while another thread looks at all of them. */
    @Test
    void requests_on_each_others_heels_are_all_answered() throws Exception {
        ports.close();
        Duration longerThanThisMachineStalls = Duration.ofSeconds(10);
        listen(new PortGuard.Limits(
                20, 3, longerThanThisMachineStalls, longerThanThisMachineStalls, longerThanThisMachineStalls));
        List<Socket> hasty = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            hasty.add(caller(WHOLE.repeat(2_000)));
        }
        List<CompletableFuture<Long>> answers = hasty.stream()
                .map(one -> CompletableFuture.supplyAsync(() -> rest(one).split("HTTP/1.1 202", -1).length - 1L))
                .toList();
        while (!answers.stream().allMatch(CompletableFuture::isDone)) {
            ports.look();
        }
        for (CompletableFuture<Long> answer : answers) {
            assertThat(answer).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(2_000L);
        }
    }

    @Test
    void nobody_goes_over_to_http_2() throws IOException {
        assertThat(
                        firstLine(
                                caller(
                                        "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n")))
                .isEqualTo("HTTP/1.1 202 Accepted");
        assertThat(rest(caller("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))).doesNotContain("202");
    }

    @Test
    void the_newest_caller_is_let_in_and_the_slowest_body_makes_room() throws Exception {
        ports.close();
        Duration never = Duration.ofSeconds(60);
        listen(new PortGuard.Limits(20, 3, never, never, never));
        List<Socket> slow = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            slow.add(caller("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"));
            int begun = i;
            await().until(() -> slowOnes.get() == begun);
        }
        assertThat(firstLine(caller(WHOLE))).isEqualTo("HTTP/1.1 202 Accepted");
        assertThat(rest(slow.get(0))).startsWith("HTTP/1.1 503").contains("Retry-After");
    }

    @Test
    void who_is_refused_is_hung_up_on_however_much_it_still_sends() throws IOException {
        ports.take(false);
        for (String body : List.of("2\r\n\r\n{}", "1000000\r\n\r\n{")) {
            long before = System.nanoTime();
            assertThat(rest(caller(POST + body))).startsWith("HTTP/1.1 503");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void a_head_without_end_is_not_collected() throws IOException {
        String line = "X-Long: " + "x".repeat(9_000) + "\r\n";
        assertThat(rest(caller("POST /webhooks/x HTTP/1.1\r\nHost: x\r\n" + line)))
                .contains(" 431 ");
        assertThat(rest(caller("GET /" + "x".repeat(9_000)))).contains(" 414 ");
    }

    @Test
    void who_waits_at_the_door_is_answered_when_it_opens_however_long_that_takes() throws IOException {
        door.shut();
        Socket waits = caller(WHOLE);
        await().until(() -> door.waiting() == 1);
        // As long as another caller may take, and longer.
        assertThat(rest(caller(POST.replace("webhooks/x", "other") + "100\r\n\r\n{")))
                .startsWith("HTTP/1.1 408");
        door.open();
        assertThat(firstLine(waits)).isEqualTo("HTTP/1.1 202 Accepted");
    }

    /** It counted as inside for ever, and each later swap waited for it. */
    @Test
    void who_hangs_up_at_the_door_is_waited_for_by_nobody() throws IOException {
        door.shut();
        Socket waits = caller(WHOLE);
        Socket stays = caller(WHOLE);
        await().until(() -> door.waiting() == 2);
        waits.setSoLinger(true, 0);
        waits.close();
        // Once a caller who came after that has been closed for saying nothing, the end of the first has long been
        // seen.
        assertThat(rest(caller(""))).isEmpty();
        Socket later = caller(WHOLE);
        await().until(() -> door.waiting() == 3);
        door.open();
        assertThat(firstLine(stays)).isEqualTo("HTTP/1.1 202 Accepted");
        assertThat(firstLine(later)).isEqualTo("HTTP/1.1 202 Accepted");
        long before = System.nanoTime();
        door.shut();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        door.open();
    }

    @Test
    void it_is_shut_once_those_who_came_in_before_have_been_answered() throws Exception {
        Socket inside = caller(WHOLE.replace("webhooks/x", "webhooks/never"));
        RoutingContext request = neverAnswered.get(20, TimeUnit.SECONDS);
        door.shut();
        assertThat(request.response().ended()).isTrue();
        assertThat(firstLine(inside)).startsWith("HTTP/1.1 503");
    }

    private Socket caller(String sends) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        sockets.add(socket);
        socket.getOutputStream().write(sends.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static String firstLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = socket.getInputStream().read();
                c >= 0 && c != '\r';
                c = socket.getInputStream().read()) {
            line.append((char) c);
        }
        return line.toString();
    }

    /** All that comes until the server closes. */
    private static String rest(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (java.net.SocketTimeoutException open) {
            return "still open";
        } catch (IOException reset) {
            return "";
        }
    }
}
