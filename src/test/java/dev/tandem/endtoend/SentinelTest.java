package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.primero.Webhook;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that the mappings rely on changes in the systems, and the running service names it before a record fails. */
class SentinelTest {
    private static final String[] DRIFTED = {
        "No form of Primero has the field mosvy_number",
        "The role role-sync may only read the form consent: what is written to consent_for_services is lost.",
        "The role role-sync lacks the right create on cases.",
        "The form services is not in the module primeromodule-cp, so Primero drops services_section.service_type",
        "genders.csv names male (primero), which is disabled there",
        "26 exists (primero provinces), and province-owners.csv has no row for it.",
        "No webhook of Primero sends case.update to an address that ends in /webhooks/primero.",
        "agencies.csv names tpo (oscar_organization), which does not exist there",
        "Kin care exists (oscar services), and services.csv has no row for it: it has the uuid of \"Kinship care\", which was renamed."
    };

    @TempDir
    Path directory;

    private Bench bench;

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void what_drifts_is_named_everywhere_and_forgotten_once_it_is_right_again() throws Exception {
        bench = new Bench(directory)
                .with("tandem.primero.schedule", "off")
                .with("tandem.oscar.schedule", "off")
                .with("tandem.primero.webhook.secret", "synthetic-webhook-secret-1")
                .with("tandem.doctor.schedule", "* * * * * ?");
        EditedCopy edited = new EditedCopy(directory);
        edited.of(bench);
        Webhook update = Webhook.of("case.update", "https://tandem.example.org/webhooks/primero?e=update");
        bench.primero.webhooks().register(Webhook.of("case.create", "https://tandem.example.org/webhooks/primero"));
        bench.primero.webhooks().register(update);
        String linked = bench.primero
                .caseById(bench.primero.worker().newCase(Children.of("Example", "Enrolled")))
                .orElseThrow()
                .path("case_id")
                .asText();
        var ngo = bench.oscar.worker("gpc");
        bench.oscar.admin("gpc").addProgram("Example programme", "Kinship care");
        ngo.enrol(
                ngo.newClient(ClientForm.named("Example", "Enrolled")
                        .externalId(linked, linked.substring(linked.length() - 7))
                        .livesAt("12010101")),
                "Example programme");
        bench.adopt();
        // What there is crosses before anything drifts.
        bench.sync();
        try (RunningService service = RunningService.of(bench)) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> !query("select at from examination").isEmpty());
            assertThat(get("/observe/health/degraded")).doesNotContain("\"drift\"");
            assertThat(query("select words from finding where at_first"))
                    .anyMatch(words -> words.startsWith("agency-mosvy exists"));

            change(update);
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            query("select words from drift").toString())
                    .contains(DRIFTED));
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(get("/observe/health/degraded"))
                    .contains("\"drift\"", "mosvy_number"));

            assertThat(get("/observe/metrics").lines())
                    .anyMatch(line -> line.matches("tandem_drift\\{system=\"primero\"} [1-9][0-9.]*"))
                    .anyMatch(line -> line.matches("tandem_drift\\{system=\"oscar\"} [2-9][0-9.]*"));
            assertThat(get("/console/")).contains("last checked at", "what has changed stands above", "mosvy_number");
            assertThat(drift()).contains("Kin care exists", "case.update", "Ask Primero's administrator");
            assertThat(query("select words from journal where flow = 'doctor' and event = 'drifted'")
                            .toString())
                    .contains(DRIFTED);
            assertThat(service.status().flows()).as("no record has failed").allSatisfy(flow -> assertThat(flow.parked())
                    .isZero());

            bench.primero.webhooks().register(update);
            bench.oscar.admin("gpc").renameService("Kin care", "Kinship care");
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(
                            query("select words from drift").toString())
                    .doesNotContain("Kin care", "case.update"));
            assertThat(query("select words from journal where flow = 'doctor' and event = 'mended'")
                            .toString())
                    .contains("Kin care", "case.update");
        }
    }

    private void change(Webhook deleted) {
        bench.primero.configuration().removeField("mosvy_number");
        bench.primero.changeUser(
                "tandem", user -> user.withRole(user.role().without("create").readingOnly("consent")));
        bench.primero.configuration().takeOutOfModule("services");
        bench.primero.configuration().disableOption("lookup-gender", "male");
        bench.primero.addLocation("26", "province", "KH");
        bench.primero.webhooks().unregister(deleted.id());
        bench.oscar.admin("tpo").removeNgo();
        bench.oscar.admin("gpc").renameService("Kinship care", "Kin care");
    }

    @Test
    void an_edit_of_the_mappings_is_examined_at_once() throws Exception {
        bench = new Bench(directory)
                .with("tandem.primero.schedule", "off")
                .with("tandem.oscar.schedule", "off")
                .with("tandem.doctor.schedule", "0 0 0 1 1 ?");
        EditedCopy edited = new EditedCopy(directory);
        edited.of(bench);
        bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
        try (Connection ledger = bench.beside();
                Statement statement = ledger.createStatement()) {
            statement.execute("insert into examination (id, at, version) values (1, current_timestamp, 'before')");
        }
        edited.replace(
                edited.mappings.resolve("code-lists/risk-levels.csv"),
                "high,high,both,",
                "high,high,both,\nextreme,extreme,none,\nvery_high,very high,both,");
        try (RunningService service = RunningService.of(bench)) {
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(query("select words from drift"))
                    .contains("risk-levels.csv names very_high (primero), which does not exist there:"
                            + " primero field risk_level."));
            long looked = bench.primero.calls().count("GET", "/api/v2/forms");
            assertThat(service.status().cursors()).isNotEmpty();
            assertThat(looked).as("one examination").isEqualTo(1);
        }
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection ledger = bench.beside();
                Statement statement = ledger.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }

    private String get(String path) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            "http://localhost:" + bench.setting("tandem.management.port") + path))
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

    private static String drift() throws JMException {
        return (String) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tandem:type=Configuration"), "Drift");
    }
}
