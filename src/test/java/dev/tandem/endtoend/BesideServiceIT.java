package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged jar: a service holds the embedded database, and the commands work beside it as processes of their own. */
class BesideServiceIT {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    private record Ended(int code, String out, String err) {}

    @TempDir
    Path directory;

    private Path settings;

    @Test
    void commands_work_beside_a_running_service() throws Exception {
        try (Bench bench = new Bench(directory)) {
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            var worker = bench.primero.worker();
            String caseId = worker.newCase(Children.of("Dara", "Example"));
            String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(caseId, row, "agency-cif-user", "Example note");
            String externalId =
                    bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
            bench.oscar.faults().next("POST", UPSERT, Fault.refusal(422));
            int management = FreePort.any();
            for (String schedule :
                    List.of("primero.schedule", "primero.full-schedule", "oscar.schedule", "oscar.full-schedule")) {
                bench.with("tandem." + schedule, "off");
            }
            bench.with("tandem.http.port", String.valueOf(FreePort.any()))
                    .with("tandem.management.port", String.valueOf(management))
                    .with("tandem.admin.user", "operator")
                    .with("tandem.admin.password", "synthetic-password-2")
                    .adopt();
            settings = bench.settingsFile();

            Process service = start("run", "service");
            try {
                awaitReady(service, management);

                Ended sync = command("sync", "--json", "--wait", "5s");
                assertThat(sync.code()).as(sync.err()).isEqualTo(3);
                JsonNode report = json(sync);
                assertThat(report.at("/sweeps/0/source").asText()).isEqualTo("oscar");
                assertThat(report.at("/sweeps/1/read").asLong()).isPositive();

                Ended list = command("dead-letters", "list", "--json");
                assertThat(list.code()).as(list.err()).isZero();
                JsonNode letter = json(list).at("/letters/0");
                assertThat(letter.path("code").asText()).isEqualTo("http-422");

                Ended status = command("status", "--json");
                assertThat(status.code()).as(status.err()).isZero();
                assertThat(json(status).at("/flows/1/parked").asLong()).isEqualTo(1);

                Ended retry = command("dead-letters", "retry", letter.path("id").asText(), "--because", "rights given");
                assertThat(retry.code()).as(retry.err()).isZero();
                await().until(() ->
                        bench.oscar.checks().referrals("cif", externalId).size() == 1);
                Ended show = command("dead-letters", "show", letter.path("id").asText());
                assertThat(show.out()).contains("retried", "rights given");

                assertThat(command("reopen", "oscar").out()).contains("The gate of oscar");
                assertThat(command("sync", "--wait", "5s").code()).isZero();

                Ended second = command("run");
                assertThat(second.code()).isEqualTo(4);
                assertThat(second.err()).contains("Another Tandem is running on this database");
            } finally {
                service.destroy();
                assertThat(service.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(service.exitValue()).isZero();
            assertThat(Files.readString(directory.resolve("service.err"))).doesNotContain("Dara", "Example note");
        }
    }

    private static void awaitReady(Process service, int management) {
        HttpClient client = HttpClient.newHttpClient();
        await().atMost(Duration.ofSeconds(90)).until(() -> {
            assertThat(service.isAlive()).isTrue();
            try {
                HttpRequest request = HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + management + "/api/status"))
                        .build();
                return client.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 401;
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private Ended command(String... arguments) throws IOException, InterruptedException {
        Process process = start(arguments[0], "command", arguments);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ended(
                process.exitValue(),
                Files.readString(directory.resolve("command.out")),
                Files.readString(directory.resolve("command.err")));
    }

    private Process start(String command, String name, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-jar",
                System.getProperty("tandem.jar", "target/tandem.jar")));
        line.addAll(arguments.length == 0 ? List.of(command) : List.of(arguments));
        line.addAll(List.of("--settings", settings.toString()));
        return new ProcessBuilder(line)
                .redirectOutput(directory.resolve(name + ".out").toFile())
                .redirectError(directory.resolve(name + ".err").toFile())
                .start();
    }

    private static JsonNode json(Ended ended) throws IOException {
        return new ObjectMapper().readTree(ended.out());
    }
}
