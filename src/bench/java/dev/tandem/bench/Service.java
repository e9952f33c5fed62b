package dev.tandem.bench;

import dev.tandem.endtoend.Bench;
import dev.tandem.operation.Operations;
import dev.tandem.sandbox.http.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code tandem run} in this JVM, with webhooks and without schedules: only events bring it to do anything. */
final class Service implements AutoCloseable {
    private static final String SECRET = "synthetic-secret-of-primero";

    private final Operations operations;
    private final CompletableFuture<Integer> running;
    private final int port;

    Service(Bench bench) throws Exception {
        port = FreePort.any();
        for (String schedule :
                new String[] {"primero.schedule", "primero.full-schedule", "oscar.schedule", "oscar.full-schedule"}) {
            bench.with("tandem." + schedule, "off");
        }
        bench.with("tandem.primero.webhook.secret", SECRET)
                .with("tandem.http.port", String.valueOf(port))
                .with("tandem.management.port", String.valueOf(FreePort.any()));
        operations = bench.open();
        running = CompletableFuture.supplyAsync(operations::run);
        while (!answers()) {
            if (running.isDone()) {
                throw new IllegalStateException("the service ended with " + running.join());
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** One event of Primero, as it sends them. */
    HttpRequest event(String caseId) {
        return HttpRequest.newBuilder(address())
                .header("Content-Type", "application/json")
                .header("x-api-key", SECRET)
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"data\":{\"record_id\":\"" + caseId + "\",\"record_type\":\"case\"}}"))
                .build();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + port + "/webhooks/primero");
    }

    /** Once its route is there, an event without the secret is refused; before that, it is not taken. */
    private boolean answers() throws InterruptedException {
        try {
            HttpRequest nobodys = HttpRequest.newBuilder(address())
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            return HttpClient.newHttpClient()
                            .send(nobodys, HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 401;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() throws Exception {
        operations.stop();
        running.get(60, TimeUnit.SECONDS);
        operations.close();
    }
}
