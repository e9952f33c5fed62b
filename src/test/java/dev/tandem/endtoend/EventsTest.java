package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.operation.Operation;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.request.JournalQuery;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Gateway;
import dev.tandem.sandbox.primero.Webhook;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The service with its schedules off: what crosses, crosses because of an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EventsTest {
    private static final String EVENT =
            "{\"data\":{\"record_id\":\"0d7c1a52-2b7e-4a0f-9c55-3f0f6f1a9b10\",\"record_type\":\"case\"}}";
    private static final String SECOND_SECRET = "whsec_" + "YW5vdGhlci1zeW50aGV0aWMtc2VjcmV0LTAwMDAwMDA=";

    private final HttpClient client = HttpClient.newHttpClient();

    private Bench bench;
    private ListeningService service;

    @BeforeAll
    void start(@TempDir Path directory) {
        bench = ListeningService.prepared(new Bench(directory))
                .with("tandem.primero.webhook.previous-secret", "synthetic-user:synthetic-password")
                .with("tandem.oscar.webhook.previous-secret", SECOND_SECRET)
                .with("tandem.oscar.full-on-event", "20ms");
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
        bench.sync();
        service = ListeningService.of(bench);
        bench.primero
                .webhooks()
                .register(Webhook.of("case.update", service.url("/webhooks/primero"))
                        .withApiKey(ListeningService.PRIMERO_SECRET));
    }

    @AfterAll
    void stop() {
        if (service != null) {
            service.close();
        }
        bench.close();
    }

    private Gateway gateway() {
        return new Gateway(service.url("/webhooks/oscar"), ListeningService.OSCAR_SECRET);
    }

    @Test
    void a_referral_crosses_by_primeros_event_and_its_decision_back_by_the_gateways() {
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        bench.primero.webhooks().doubleNext(1);
        bench.primero.deliverWebhooks();
        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        await().until(() -> !bench.oscar.checks().referrals("cif", externalId).isEmpty());
        var referral = bench.oscar.checks().referrals("cif", externalId).get(0);

        var ngo = bench.oscar.worker("cif");
        String slug = ngo.takeUp(referral.id());
        String globalId = bench.oscar.checks().client("cif", slug).globalId();
        assertThat(gateway().tell(globalId)).isEqualTo(202);
        await().until(() -> bench.primero
                .caseById(caseId)
                .orElseThrow()
                .path("oscar_short_id")
                .asText()
                .equals(slug));

        // The dialog moves no clock: only reading everything shows it.
        ngo.accept(slug);
        ngo.setReferralStatus(referral.id(), "Accepted");
        assertThat(gateway().tell(globalId)).isEqualTo(202);
        await().until(() -> bench.primero.referrals(caseId).get(0).status().equals("accepted"));
        assertThat(bench.oscar.checks().referrals("cif", externalId)).hasSize(1);
    }

    @Test
    void an_event_of_a_case_that_primero_does_not_have_is_a_line_in_the_journal_and_no_dead_letter() throws Exception {
        String unknown = "5b1f0c1e-6c40-4a4e-9d0c-6e2f4f6a7c11";
        assertThat(client.send(service.event(unknown), HttpResponse.BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
        JournalQuery ofThisRecord = new JournalQuery(
                Optional.of(unknown),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10);
        await().until(() ->
                !service.operations.ask(Operation.JOURNAL, ofThisRecord).lines().isEmpty());
        assertThat(service.operations.ask(Operation.JOURNAL, ofThisRecord).lines())
                .extracting(JournalPage.Line::event)
                .containsExactly("no such record");
        await().until(() -> service.operations.status().flows().stream().allMatch(flow -> flow.pending() == 0));
        assertThat(service.operations.status().flows()).allMatch(flow -> flow.parked() == 0);
    }

    @Test
    void whoever_does_not_show_the_secret_is_not_heard() throws Exception {
        String secret = ListeningService.PRIMERO_SECRET;
        String basic = basic("synthetic-user:synthetic-password");
        assertThat(post("/webhooks/primero", EVENT, Map.of())).isEqualTo(401);
        assertThat(post("/webhooks/primero", EVENT, Map.of("x-api-key", "synthetic-secret-of-nobody")))
                .isEqualTo(401);
        assertThat(post("/webhooks/primero", EVENT, Map.of("x-api-key", ""))).isEqualTo(401);
        assertThat(post("/webhooks/primero", EVENT, Map.of("Authorization", basic("synthetic-user:other"))))
                .isEqualTo(401);
        assertThat(post("/webhooks/primero", EVENT, Map.of("Authorization", "Basic %%%")))
                .isEqualTo(401);
        assertThat(post("/webhooks/primero?x-api-key=" + secret, EVENT, Map.of()))
                .as("never in the URL")
                .isEqualTo(401);
        assertThat(post("/webhooks/primero", EVENT, Map.of("x-api-key", secret + "," + secret)))
                .isEqualTo(401);
        assertThat(post("/webhooks/primero", EVENT, Map.of("Authorization", basic(secret))))
                .as("either kind, either value")
                .isEqualTo(202);
        assertThat(post("/webhooks/primero", EVENT, Map.of("x-api-key", "synthetic-user:synthetic-password")))
                .isEqualTo(202);
        assertThat(post("/webhooks/primero", EVENT, Map.of("Authorization", basic)))
                .isEqualTo(202);
    }

    /** None of these bodies ever comes: who waited for one would not answer. */
    @Test
    void nobodys_body_is_waited_for_whose_headers_tell_that_it_is_not_wanted() throws Exception {
        String head = " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ";
        String signed = head.replace(
                "Content-Type", "webhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,x\r\nContent-Type");
        assertThat(answer("POST /webhooks/primero" + head + "100\r\n\r\n")).isEqualTo("HTTP/1.1 401 Unauthorized");
        assertThat(answer("POST /webhooks/oscar" + head + "100\r\n\r\n")).isEqualTo("HTTP/1.1 401 Unauthorized");
        assertThat(answer("POST /webhooks/oscar" + signed + "65537\r\n\r\n"))
                .isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        assertThat(answer("POST /webhooks/oscar"
                        + signed.replace("Content-Length: ", "Transfer-Encoding: chunked\r\n\r\n11000\r\n")
                        + "x".repeat(0x11000) + "\r\n"))
                .isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        assertThat(answer("POST /webhooks/other" + head + "100\r\n\r\n")).isEqualTo("HTTP/1.1 404 Not Found");
    }

    private String answer(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }

    @Test
    void what_cannot_be_read_is_refused_in_one_line_of_json() throws Exception {
        Map<String, String> key = Map.of("x-api-key", ListeningService.PRIMERO_SECRET);
        for (String body : List.of(
                "",
                "{",
                "[]",
                "null",
                "{\"data\":[]}",
                "{\"data\":{\"record_id\":5,\"record_type\":\"case\"}}",
                EVENT + EVENT,
                EVENT.replace("case", "incident"),
                EVENT.replace("0d7c1a52", "../../users"),
                "[".repeat(100_000),
                "{\"data\":".repeat(2_000))) {
            var answer = send("/webhooks/primero", body, key);
            assertThat(answer.statusCode()).as(body).isEqualTo(400);
            assertThat(answer.body())
                    .startsWith("{\"error\":\"")
                    .endsWith("\"}")
                    .doesNotContain("\n", "xception");
        }
        assertThat(post("/webhooks/primero", " ".repeat(1024 * 1024 + 1), key)).isEqualTo(413);
        assertThat(send("/webhooks/primero", " ".repeat(1024 * 1024 + 1), key).body())
                .startsWith("{\"error\"");
        assertThat(post("/webhooks/other", EVENT, key)).isEqualTo(404);
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(service.url("/webhooks/primero")))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(405);
        assertThat(client.send(
                                HttpRequest.newBuilder(URI.create(service.url("/webhooks/primero")))
                                        .header("Content-Type", "application/x-www-form-urlencoded")
                                        .header("x-api-key", ListeningService.PRIMERO_SECRET)
                                        .POST(HttpRequest.BodyPublishers.ofString(EVENT))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(415);
        var taken =
                send("/webhooks/primero", EVENT, Map.of("x-api-key", ListeningService.PRIMERO_SECRET, "x-other", "1"));
        assertThat(taken.statusCode()).isEqualTo(202);
        assertThat(taken.headers().map()).doesNotContainKeys("x-api-key", "x-other");
    }

    @Test
    void only_a_fresh_signature_counts_and_only_once() {
        String body = Gateway.body(List.of("01SYNTHETIC0000000000000ZZ"));
        String id = UUID.randomUUID().toString();
        Instant now = Instant.now();
        String time = String.valueOf(now.getEpochSecond());
        String right = Gateway.sign(ListeningService.OSCAR_SECRET, id, time, body);
        String wrong = Gateway.sign("whsec_" + "d3Jvbmc=", id, time, body);
        Gateway gateway = gateway();
        assertThat(gateway.post(id, time, wrong, body)).isEqualTo(401);
        assertThat(gateway.post(id, time, right.substring(3), body))
                .as("without its version")
                .isEqualTo(401);
        assertThat(gateway.post(id, time, right, body + " ")).as("another body").isEqualTo(401);
        assertThat(gateway.post(id + "0", time, right, body)).as("another id").isEqualTo(401);
        assertThat(gateway.post(id, "now", right, body)).isEqualTo(401);
        assertThat(gateway.send(id, now.minus(Duration.ofSeconds(310)), body)).isEqualTo(401);
        assertThat(gateway.send(id, now.plus(Duration.ofSeconds(310)), body)).isEqualTo(401);
        assertThat(gateway.send(id, now, "{}")).as("signed, but names nobody").isEqualTo(400);
        assertThat(gateway.post(id, time, wrong + " " + right, body))
                .as("the sender rotates its secret")
                .isEqualTo(202);
        assertThat(gateway.post(id, time, right, body)).as("a replay").isEqualTo(409);
        assertThat(gateway.send(id, now.minus(Duration.ofSeconds(60)), body))
                .as("the same id, signed anew")
                .isEqualTo(409);
        assertThat(new Gateway(service.url("/webhooks/oscar"), SECOND_SECRET).tell("01SYNTHETIC0000000000000ZZ"))
                .as("the secret before")
                .isEqualTo(202);
    }

    private int post(String path, String body, Map<String, String> headers) throws IOException, InterruptedException {
        return send(path, body, headers).statusCode();
    }

    private HttpResponse<String> send(String path, String body, Map<String, String> headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(service.url(path)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String basic(String userAndPassword) {
        return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    }
}
