package dev.tandem.endtoend;

import static org.awaitility.Awaitility.await;

import dev.tandem.operation.Operations;
import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

/** {@code tandem run} in this JVM, listening; its schedules are off, so that only events bring it to do anything. */
final class ListeningService implements AutoCloseable {
    static final String PRIMERO_SECRET = "synthetic-secret-of-primero";
    static final String OSCAR_SECRET = "whsec_" + "c3ludGhldGljLXNlY3JldC1vZi1vc2Nhci0wMDAwMDA=";

    final Operations operations;
    private final HttpClient client = HttpClient.newHttpClient();
    private final RunningService service;
    private final int port;

    private ListeningService(Bench bench) {
        service = RunningService.of(bench);
        operations = service.operations;
        port = Integer.parseInt(bench.setting("tandem.http.port"));
        await().until(() -> service.ended().isDone() || answers());
        if (service.ended().isDone()) {
            service.ended().join();
        }
    }

    /** Sets both webhooks up, with every schedule off. */
    static Bench prepared(Bench bench) {
        return bench.with("tandem.primero.webhook.secret", PRIMERO_SECRET)
                .with("tandem.oscar.webhook.secret", OSCAR_SECRET)
                .with("tandem.primero.schedule", "off")
                .with("tandem.primero.full-schedule", "off")
                .with("tandem.oscar.schedule", "off")
                .with("tandem.oscar.full-schedule", "off")
                .with("tandem.oscar.sweep-on-event", "20ms");
    }

    static ListeningService of(Bench bench) {
        return new ListeningService(bench);
    }

    /** One event of Primero, as it sends them. */
    HttpRequest event(String caseId) {
        return HttpRequest.newBuilder(URI.create(url("/webhooks/primero")))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json")
                .header("x-api-key", PRIMERO_SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(
                        Json.of(Map.of("data", Map.of("record_id", caseId, "record_type", "case")))
                                .toString()))
                .build();
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    int port() {
        return port;
    }

    private boolean answers() {
        try {
            // 503 until it stands.
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url("/webhooks/none"))).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 404;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
