package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.http.Json;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events as nobody wishes them: many, while the database is away, and not events at all. */
class EventStormTest {
    private static final int MANY = 2_000;
    private static final long SEED = Long.getLong("tandem.fuzz.seed", 1);

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Bench bench;

    @BeforeEach
    void prepare() {
        bench = ListeningService.prepared(new Bench(directory)).with("tandem.primero.max-calls", "8");
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
    }

    @Test
    void two_thousand_at_once_are_all_taken_and_all_worked_on() throws Exception {
        begin();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            ids.add(bench.primero.plant(Json.of(Children.of("Child" + i, "Example"))));
        }
        try (ListeningService service = ListeningService.of(bench)) {
            Semaphore open = new Semaphore(100);
            List<CompletableFuture<Integer>> answers = new ArrayList<>();
            for (String id : ids) {
                open.acquire();
                answers.add(client.sendAsync(service.event(id), HttpResponse.BodyHandlers.discarding())
                        .thenApply(HttpResponse::statusCode)
                        .whenComplete((status, failure) -> open.release()));
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(202));
            await().atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofMillis(250))
                    .until(() -> settled(service) >= MANY);

            // However many events on one record: one piece of work under way, and one more for what came meanwhile.
            String one = ids.get(0);
            Hold hold = new Hold();
            bench.primero.calls().clear();
            var held = bench.primero.faults().next("GET", "/api/v2/cases/:id", Fault.holdCall(hold));
            post(service, one);
            await().until(() -> held.struck() == 1);
            for (int i = 0; i < 200; i++) {
                assertThat(post(service, one)).isEqualTo(202);
            }
            hold.release();
            await().until(() ->
                    service.operations.status().flows().stream().allMatch(flow -> flow.pending() + flow.leased() == 0));
            assertThat(bench.primero.calls().count("GET", "/api/v2/cases/:id")).isEqualTo(2);
        } finally {
            bench.close();
        }
    }

    @Test
    void with_the_database_away_they_are_answered_503_and_the_next_one_heals_it() throws Exception {
        String url = TestDatabase.freshUrl();
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        try (Wire wire = new Wire(port)) {
            bench.onPostgresql().with("tandem.db.url", url.replace(":" + port + "/", ":" + wire.port() + "/"));
            begin();
            var worker = bench.primero.worker();
            String caseId = worker.newCase(Children.of("Dara", "Example"));
            String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(caseId, row, "agency-cif-user", "Example note");
            try (ListeningService service = ListeningService.of(bench)) {
                wire.cut();
                var answer = client.send(service.event(caseId), HttpResponse.BodyHandlers.ofString());
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).startsWith("{\"error\"").doesNotContain("xception", "jdbc");
                // Longer than the service takes from one look at its ledger to the next: it outlives them.
                await().during(Duration.ofSeconds(6)).until(() -> post(service, caseId) == 503);
                wire.mend();
                await().until(() -> post(service, caseId) == 202);
                await().until(() -> bench.oscar.checks().referrals("cif").size() == 1);
            }
        } finally {
            bench.close();
        }
    }

    @Test
    void whatever_bytes_come_the_service_stays_well() throws Exception {
        begin();
        Random random = new Random(SEED);
        try (ListeningService service = ListeningService.of(bench)) {
            List<Socket> slow = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
                slow.add(socket);
                write(socket, head("primero", "Content-Length: 1000\r\n") + "{\"data\":");
            }
            for (int i = 0; i < 300; i++) {
                String request = nonsense(random, random.nextBoolean() ? "primero" : "oscar");
                int status = raw(service, request);
                assertThat(status)
                        .as("seed %d, request %d", SEED, i)
                        .isBetween(0, 499)
                        .isNotEqualTo(202);
            }
            String known = bench.primero.cases().get(0).path("id").asText();
            assertThat(post(service, known)).isEqualTo(202);
            for (Socket socket : slow) {
                socket.close();
            }
        } finally {
            bench.close();
        }
    }

    private static String nonsense(Random random, String system) {
        byte[] bytes = new byte[random.nextInt(3_000)];
        random.nextBytes(bytes);
        String noise = new String(bytes, StandardCharsets.ISO_8859_1);
        String body =
                switch (random.nextInt(6)) {
                    case 0 -> noise;
                    case 1 -> "{\"data\":".repeat(random.nextInt(3_000));
                    case 2 -> "[".repeat(random.nextInt(20_000));
                    case 3 -> "{\"data\":{\"record_id\":" + random.nextLong() + ",\"record_type\":[null]}}";
                    case 4 -> "{\"data\":{\"record_id\":\"" + "x".repeat(random.nextInt(5_000)) + "\"}}";
                    default -> "{\"global_ids\":{\"a\":" + random.nextInt() + "}}";
                };
        return switch (random.nextInt(8)) {
            case 0 -> noise;
            case 1 -> head(system, "X-Long: " + "y".repeat(random.nextInt(40_000)) + "\r\n") + "\r\n";
            case 2 -> head(system, "X: 1\r\n".repeat(random.nextInt(2_000))) + "\r\n";
            case 3 -> head(system, "Content-Length: -1\r\n") + "\r\n" + body;
            case 4 -> head(system, "Transfer-Encoding: chunked\r\n") + "\r\nzz\r\n" + body;
            case 5 ->
                head(
                                system,
                                "webhook-id: %\r\nwebhook-timestamp: " + random.nextLong()
                                        + "\r\nwebhook-signature: v1,==\r\nContent-Length: " + body.length() + "\r\n")
                        + "\r\n" + body;
            default -> head(system, "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
        };
    }

    private static String head(String system, String headers) {
        return "POST /webhooks/" + system + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nx-api-key: "
                + ListeningService.PRIMERO_SECRET + "\r\n" + headers;
    }

    /** @return the status of the answer; 0 if the connection was ended without one, or is still waiting for more */
    private static int raw(ListeningService service, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(2_000);
            write(socket, request);
            socket.shutdownOutput();
            byte[] answer = socket.getInputStream().readNBytes(12);
            String line = new String(answer, StandardCharsets.ISO_8859_1);
            return line.startsWith("HTTP/1.") ? Integer.parseInt(line.substring(9)) : 0;
        } catch (SocketTimeoutException | java.net.SocketException ended) {
            return 0;
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private void begin() {
        bench.adopt();
        bench.sync();
    }

    private static long settled(ListeningService service) {
        return service.operations.status().flows().stream()
                .filter(flow -> flow.flow().equals("primero-to-oscar"))
                .mapToLong(flow -> flow.settledTotal())
                .sum();
    }

    private int post(ListeningService service, String id) throws IOException, InterruptedException {
        return client.send(service.event(id), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
