package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.admin.AdminApi;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.compare.CompareRequest;
import dev.tandem.operation.report.CompareHistory;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.run.Progress;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.oscar.ClientForm;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A comparison beside a running service, through its admin API and by its schedule. */
class CompareBesideTest {
    @TempDir
    Path directory;

    @Test
    void the_service_compares_keeps_the_result_shows_it_and_stops_when_asked() throws Exception {
        try (Bench bench = new Bench(directory)) {
            bench.adopt();
            bench.oscar
                    .worker("cif")
                    .newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
            bench.syncInFull();
            bench.with("tandem.compare.schedule", "0 0 0 1 1 ? 2099");
            try (RunningService service = RunningService.of(bench)) {
                await("the service answers")
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> remote(bench).status() != null);
                Operations remote = remote(bench);
                CompareReport report = remote.compare(CompareRequest.ALL, Progress.NONE);

                assertThat(report.summary()).startsWith("1 of 1 in step");
                assertThat(last(remote).records()).isEqualTo(1);
                assertThat(history(remote).comparisons()).hasSize(1);
                await("the metrics follow").atMost(Duration.ofSeconds(60)).until(() -> metrics(bench)
                        .contains("tandem_parity_ratio 1.0"));

                bench.oscar
                        .faults()
                        .every("GET", "/api/v1/organizations/clients", Fault.latency(Duration.ofSeconds(5)));
                assertThatThrownBy(() -> remote.compare(CompareRequest.ALL, (step, expected) -> {
                            if (step.equals("reading OSCaR")) {
                                remote.ask(Operation.LAST_COMPARE, new Operation.Nothing());
                                stop(bench);
                            }
                        }))
                        .hasMessageContaining("stopped");
                assertThat(history(remote).comparisons())
                        .as("half a comparison is no result")
                        .hasSize(1);
            }
        }
    }

    private static Operations remote(Bench bench) {
        return new AdminApi().ofRunningService(bench.settings());
    }

    private static void stop(Bench bench) {
        HttpRequest request = HttpRequest.newBuilder(management(bench, "/api/compare/stop"))
                .header("Content-Type", "application/json")
                .header("X-Tandem", "1")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        } catch (java.io.IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static CompareReport last(Operations remote) {
        return remote.ask(Operation.LAST_COMPARE, new Operation.Nothing());
    }

    private static CompareHistory history(Operations remote) {
        return remote.ask(Operation.COMPARE_HISTORY, new Operation.Nothing());
    }

    private static String metrics(Bench bench) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(management(bench, "/observe/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (java.io.IOException | InterruptedException e) {
            return null;
        }
    }

    private static URI management(Bench bench, String path) {
        return URI.create("http://127.0.0.1:" + bench.setting("tandem.management.port") + path);
    }
}
