package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.operation.Operations;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running service as its operator sees it: JMX, metrics, health. */
class OperatorTest {
    private static final String TO_OSCAR = "primero-to-oscar";
    private static final MBeanServer JMX = ManagementFactory.getPlatformMBeanServer();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private Bench bench;
    private Operations service;
    private CompletableFuture<Integer> running;
    private String management;

    @BeforeEach
    void start() {
        String port = String.valueOf(FreePort.any());
        management = "http://localhost:" + port + "/observe/";
        bench = new Bench(directory)
                .with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", port)
                .with("tandem.primero.schedule", "off")
                .with("tandem.oscar.schedule", "off")
                .with("tandem.routes.allow", "scheduler")
                .with("tandem.alert.parked", "0");
        // A system that answers with nothing at all proves nothing, and is not taken for read.
        bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
        service = bench.open();
        running = CompletableFuture.supplyAsync(service::run);
        await().atMost(Duration.ofMinutes(1)).until(() -> JMX.isRegistered(bean("type=Flow,name=" + TO_OSCAR)));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !read("oscar-to-primero", "LastFullSweep").equals("")
                        && !read(TO_OSCAR, "LastFullSweep").equals(""));
    }

    @AfterEach
    void stop() {
        service.stop();
        assertThat(running).succeedsWithin(Duration.ofMinutes(1)).isEqualTo(0);
        service.close();
        bench.close();
        assertThat(JMX.isRegistered(bean("type=Flow,name=" + TO_OSCAR))).isFalse();
    }

    @Test
    void a_flow_is_stopped_read_swept_and_let_go_on_by_jmx_and_metrics_and_health_agree() throws IOException {
        assertThat(invoke("pause")).contains("is paused");
        long settled = (long) read(TO_OSCAR, "SettledTotal");
        refer();
        assertThat(invoke("syncNow")).contains("begins").contains("waits");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> read(TO_OSCAR, "Pending").equals(1L));

        assertThat(read(TO_OSCAR, "Paused")).isEqualTo(true);
        assertThat(get("metrics"))
                .contains(
                        "tandem_pending{flow=\"primero-to-oscar\"} 1.0", "tandem_paused{flow=\"primero-to-oscar\"} 1.0")
                .contains("tandem_degraded{reason=\"paused\"} 1.0", "tandem_degraded{reason=\"parked\"} 0.0")
                .contains("tandem_effects_total{flow=\"primero-to-oscar\",kind=\"referral\",outcome=\"sent\"} 0.0");
        assertThat(get("health/degraded")).contains("\"DEGRADED\"", "primero-to-oscar was paused by a person");
        assertThat(get("health/ready")).contains("\"UP\"");
        assertThat(service.status().flows()).anySatisfy(flow -> {
            assertThat(flow.flow()).isEqualTo(TO_OSCAR);
            assertThat(flow.paused()).isTrue();
        });
        assertThat(bench.oscar.checks().referrals("cif")).isEmpty();

        assertThat(invoke("resume")).contains("goes on");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> read(TO_OSCAR, "SettledTotal").equals(settled + 1));

        assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);
        assertThat(read(TO_OSCAR, "Pending")).isEqualTo(0L);
        assertThat(get("metrics"))
                .contains("tandem_settled_total{flow=\"primero-to-oscar\"} " + (settled + 1.0))
                .contains("tandem_effects_total{flow=\"primero-to-oscar\",kind=\"referral\",outcome=\"sent\"} 1.0");
        assertThat(get("health/degraded"))
                .contains("\"UP\"")
                .containsPattern("\"routesMayAlsoUse\" : \\[\\s*\"scheduler\"");
        assertThat(names(get("metrics"), "(?m)^(tandem_[a-z_]+)[ {]"))
                .as("what docs/reference/metrics.md names, and no other")
                .isEqualTo(names(
                        Files.readString(Path.of("docs/reference/metrics.md")), "(?m)^\\| `(tandem_[a-z_]+)[`{]"));
    }

    @Test
    void what_is_parked_is_told_and_tried_again() {
        bench.oscar.faults().times(1, "POST", "/api/v1/organizations/clients/upsert", Fault.refusal(422));
        refer();
        invoke("syncNow");
        await().atMost(Duration.ofMinutes(1))
                .until(() -> read(TO_OSCAR, "Parked").equals(1L));
        assertThat(get("health/degraded")).contains("1 effects are parked", "dead-letters list");

        assertThat(invoke("retryParked")).startsWith("1 parked effects");

        await().atMost(Duration.ofMinutes(1))
                .until(() -> read(TO_OSCAR, "Parked").equals(0L)
                        && bench.oscar.checks().referrals("cif").size() == 1);
        assertThat(asked())
                .containsExactly("/jmx/primero-to-oscar/syncNow by JMX", "/jmx/primero-to-oscar/retryParked by JMX");
    }

    private List<String> asked() {
        try (Connection database = bench.beside();
                var lines = database.createStatement()
                        .executeQuery("select record, words from journal where event = 'asked' order by id")) {
            List<String> asked = new ArrayList<>();
            while (lines.next()) {
                asked.add(lines.getString("record") + " by " + lines.getString("words"));
            }
            return asked;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Set<String> names(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void refer() {
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
    }

    private String get(String path) {
        try {
            return HTTP.send(
                            HttpRequest.newBuilder(URI.create(management + path))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Object read(String flow, String attribute) {
        try {
            return JMX.getAttribute(bean("type=Flow,name=" + flow), attribute);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private static String invoke(String operation) {
        try {
            return (String) JMX.invoke(bean("type=Flow,name=" + TO_OSCAR), operation, new Object[0], new String[0]);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }

    private static ObjectName bean(String properties) {
        try {
            return new ObjectName("dev.tandem:" + properties);
        } catch (JMException e) {
            throw new AssertionError(e);
        }
    }
}
