package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.sandbox.http.Hold;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ledger's PostgreSQL goes away under a running service, for seconds, and comes back. */
class OutageTest {
    private static final int REFERRALS = 12;
    private static final String NEVER = "0 0 3 1 1 ?";

    @TempDir
    Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    private Bench bench(String url) {
        return new Bench(directory)
                .with("tandem.db.url", url)
                .with("tandem.db.user", "postgres")
                .with("tandem.payload.key", Base64.getEncoder().encodeToString(new byte[32]))
                .with("tandem.oscar.schedule", NEVER)
                .with("tandem.primero.schedule", NEVER)
                .with("tandem.oscar.full-schedule", NEVER)
                .with("tandem.primero.full-schedule", NEVER);
    }

    @Test
    void the_sweep_that_it_cut_short_is_begun_again_and_readiness_follows_within_seconds() {
        String url = TestDatabase.freshUrl();
        int port = Integer.parseInt(url.replaceFirst("^jdbc:postgresql://[^:]+:(\\d+)/.*$", "$1"));
        try (CutOff way = new CutOff("localhost", port);
                Bench bench = bench(url.replaceFirst(":" + port + "/", ":" + way.port() + "/"))) {
            Crowd crowd = new Crowd(bench, REFERRALS, 1);
            bench.adopt();
            Hold hold = bench.primero.faults().holdCall("GET", "/api/v2/cases");
            try (LogLines log = new LogLines().closer("dev.tandem.dead-letter");
                    RunningService service = RunningService.of(bench)) {
                assertThat(hold.awaitCall(Duration.ofSeconds(60))).isTrue();
                await("ready").until(() -> ready(bench));
                way.goAway();
                hold.release();
                await("not ready").until(() -> !ready(bench));
                await("the sweep has failed").until(() -> log.has("the sweep of primero ended early"));
                await("it is missed").atMost(Duration.ofMinutes(1)).until(() -> log.has("has not answered for"));
                way.comeBack();
                await("ready again").atMost(Duration.ofSeconds(30)).until(() -> ready(bench));
                // Its lease is free after 30 seconds, and the first try may meet connections that are still broken.
                await("made up for")
                        .atMost(Duration.ofMinutes(3))
                        .until(() -> service.status().flows().stream()
                                        .mapToLong(StatusReport.Flow::settledTotal)
                                        .sum()
                                >= crowd.items());
                await("owed until then, and said so").until(() -> log.has(", at try "));
                // Of both systems: the outage may have cut short both.
                await("nothing is owed any more").atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(
                                service.status().cursors())
                        .allSatisfy(cursor -> assertThat(cursor.owed()).isEmpty()));
                assertThat(log.all())
                        .as("a line when it begins and one when it ends, from everybody who logs")
                        .filteredOn(line -> !line.startsWith("DEBUG"))
                        .filteredOn(line -> !line.startsWith("INFO") || line.contains("database"))
                        .map(line -> line.replaceAll("SQL state \\w+", "SQL state S"))
                        .containsExactlyInAnyOrder(
                                "ERROR The ledger's database (tandem.db.url) has not answered for D (SQL state S): nothing is"
                                        + " marked, sent or recorded until it does. Nothing is lost; Tandem asks every D and"
                                        + " goes on by itself.",
                                "INFO The ledger's database answers again, after D: Tandem goes on.");
            }
            assertThat(crowd.isDeliveredByTheRule(new Tables(url, "postgres").referrals(), 0))
                    .isZero();
        }
    }

    @Test
    void on_a_database_that_has_become_read_only_it_is_not_ready_and_rests_until_it_can_be_written() throws Exception {
        String url = TestDatabase.freshUrl();
        try (Bench bench = bench(url)) {
            new Crowd(bench, 1, 1);
            bench.adopt();
            try (RunningService service = RunningService.of(bench)) {
                await("ready").until(() -> ready(bench));
                await("both are read")
                        .until(() -> service.status().cursors().stream()
                                        .filter(cursor -> cursor.lastFull().isPresent())
                                        .count()
                                == 2);
                readOnly(url, true);
                // Its connections are ended first: for a moment that is what it says.
                await("not ready, and why").until(() -> body(bench).contains("read-only"));
                assertThat(ready(bench)).isFalse();
                readOnly(url, false);
                await("ready again").until(() -> ready(bench));
                Crowd crowd = new Crowd(bench, 2, 0);
                bench.sync();
                assertThat(crowd.isDeliveredByTheRule(new Tables(url, "postgres").referrals(), 0))
                        .isZero();
            }
        }
    }

    /** What a session that begins now, and all that are open, may do, as after a failover. */
    private static void readOnly(String url, boolean readOnly) throws Exception {
        String name = url.replaceFirst(".*/([^/?]+).*", "$1");
        try (var connection =
                        DriverManager.getConnection(url.replace("/" + name, "/postgres"), "postgres", "postgres");
                var statement = connection.createStatement()) {
            statement.execute(
                    "alter database " + name + " set default_transaction_read_only = " + (readOnly ? "on" : "off"));
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
        }
    }

    private boolean ready(Bench bench) {
        return health(bench).map(answer -> answer.statusCode() == 200).orElse(false);
    }

    private String body(Bench bench) {
        return health(bench).map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> health(Bench bench) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:" + bench.setting("tandem.management.port") + "/observe/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (java.io.IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
