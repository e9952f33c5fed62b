package dev.tandem.console;

import static org.awaitility.Awaitility.await;

import dev.tandem.FileTree;
import dev.tandem.endtoend.Bench;
import dev.tandem.endtoend.Children;
import dev.tandem.operation.Operations;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.Hold;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A Tandem with a console to look at: fresh, healthy, or on its worst day. The packaged jar if there is one, else this JVM. */
final class Stage implements AutoCloseable {
    static final String ADMIN = "ministry";
    static final String VIEWER = "visitor";
    static final String PASSWORD = "synthetic-password-1";
    /** What a hostile id may hold. */
    static final String HOSTILE = "cif/<script>alert(1)</script>\"'&\u202Eevil" + "x".repeat(120);

    private static final Map<String, String> REASONS = Map.ofEntries(
            Map.entry("unmapped-code", "the code list services.csv has no row for counselling_new"),
            Map.entry("blank", "the field risk_level is empty"),
            Map.entry("not-a-date", "date_of_birth is not a date"),
            Map.entry("two-cases", "two cases have the number kh-1"),
            Map.entry("case-closed", "the case is closed"),
            Map.entry("lost-answer", "OSCaR did not answer within 2 minutes"),
            Map.entry("http-422", "OSCaR refused level_of_risk"),
            Map.entry("http-403", "Primero does not allow it"),
            Map.entry("no-match", "no row of the case fits"),
            Map.entry("gave-up", "12 attempts failed"),
            Map.entry("no-such-owner", "Primero has no user social-worker-9"),
            Map.entry("conflict", "Primero: accepted, OSCaR: rejected"));

    final Bench bench;
    private final Path directory;
    private Operations operations;
    private CompletableFuture<Integer> running;
    private Process process;
    private final Hold hold = new Hold();

    private Stage(Path directory) {
        this.directory = directory;
        FileTree.copy(Path.of("routes"), directory.resolve("routes"));
        FileTree.copy(Path.of("mappings"), directory.resolve("mappings"));
        bench = new Bench(directory)
                .with("tandem.routes.dir", directory.resolve("routes").toString())
                .with("tandem.mappings.dir", directory.resolve("mappings").toString())
                .with("tandem.edit.look-every", "200ms")
                .with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", String.valueOf(FreePort.any()))
                .with("tandem.primero.webhook.secret", "synthetic-webhook-secret-0123456789");
    }

    static Stage empty(Path directory) {
        Stage stage = new Stage(directory);
        stage.bench.adopt();
        return stage.start();
    }

    static Stage healthy(Path directory) {
        Stage stage = new Stage(directory);
        stage.children(8);
        stage.bench.adopt();
        stage.bench.syncInFull();
        stage.bench.sync();
        stage.history();
        return stage.start();
    }

    static Stage worst(Path directory) {
        Stage stage = new Stage(directory)
                .with("tandem.admin.user", ADMIN)
                .with("tandem.admin.password", PASSWORD)
                .with("tandem.viewer.user", VIEWER)
                .with("tandem.viewer.password", PASSWORD);
        stage.children(8);
        stage.bench.adopt();
        stage.bench.syncInFull();
        stage.history();
        stage.park(3000);
        stage.sql(
                "update gate set closed_at = ?, code = 'http-401' where system = 'oscar'",
                moment(Duration.ofMinutes(42)));
        stage.bench.primero.faults().times(50, "GET", "/api/v2/cases", Fault.holdAnswer(stage.hold));
        stage.start();
        stage.breakAnEdit();
        return stage;
    }

    Stage with(String name, String value) {
        bench.with(name, value);
        return this;
    }

    private void children(int count) {
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        var worker = bench.primero.worker();
        for (int child = 0; child < count; child++) {
            String id = worker.newCase(Children.of("Dara" + child, "Example"));
            String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
            worker.refer(id, row, "agency-cif-user", "Example note");
        }
    }

    /** A month of deliveries, as the journal would have it. */
    private void history() {
        try (Connection ledger = open();
                PreparedStatement line = ledger.prepareStatement(
                        "insert into journal (at, flow, record, effect_key, event, attempt) values (?, ?, ?, ?, ?, 1)")) {
            for (int hour = 1; hour < 24 * 30; hour++) {
                int times = 3 + (int) Math.round(9 * Math.abs(Math.sin(hour / 7.0)));
                for (int one = 0; one < times; one++) {
                    Timestamp done = moment(Duration.ofMinutes(hour * 60L + one));
                    Timestamp begun =
                            Timestamp.from(done.toInstant().minusSeconds(20 + (hour * 37L + one * 53L) % 240));
                    line(line, begun, "h" + hour, "referral:" + one, "owed");
                    line(line, done, "h" + hour, "referral:" + one, "confirmed");
                }
            }
            line.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void line(PreparedStatement line, Timestamp at, String record, String key, String event)
            throws SQLException {
        line.setTimestamp(1, at);
        line.setString(2, "primero-to-oscar");
        line.setString(3, record);
        line.setString(4, key);
        line.setString(5, event);
        line.addBatch();
    }

    private void park(int count) {
        List<String> codes = REASONS.keySet().stream().sorted().toList();
        try (Connection ledger = open();
                PreparedStatement effect = ledger.prepareStatement("""
                        insert into effect (flow, record, effect_key, kind, state, attempt, failures, lost_answers, possible_repeat,
                          repeatable, sweeps_waited, insisted, parked_for, reason_code, reason, changed_at)
                        values (?, ?, ?, ?, 'parked', 1, 0, 0, false, false, 0, false, 'mapping', ?, ?, ?)
                        """);
                PreparedStatement item = ledger.prepareStatement("""
                        insert into work_item (flow, record, state, generation, token, failures, settled_at)
                        values ('oscar-to-primero', ?, 'settled', 1, 1, 0, ?)
                        """);
                PreparedStatement line = ledger.prepareStatement(
                        "insert into journal (at, flow, record, effect_key, event, code, words) values (?, ?, ?, ?, ?, ?, ?)")) {
            for (int one = 0; one < count; one++) {
                String code = codes.get(Math.min(one % 40, one % codes.size()));
                String record = one == 0 ? HOSTILE : "cif/exam-" + (1000 + one);
                String words = one == 0 ? "<img src=x onerror=alert(1)> of " + HOSTILE : REASONS.get(code);
                String kind = code.equals("conflict") ? "conflict" : one % 3 == 0 ? "case" : "decision";
                Timestamp at = moment(Duration.ofMinutes(50 + one));
                effect.setString(1, "oscar-to-primero");
                effect.setString(2, record);
                effect.setString(3, kind + ":" + record);
                effect.setString(4, kind);
                effect.setString(5, code);
                effect.setString(6, words);
                effect.setTimestamp(7, at);
                effect.addBatch();
                item.setString(1, record);
                item.setTimestamp(2, at);
                item.addBatch();
                line.setTimestamp(1, at);
                line.setString(2, "oscar-to-primero");
                line.setString(3, record);
                line.setString(4, kind + ":" + record);
                line.setString(5, "parked");
                line.setString(6, code);
                line.setString(7, words);
                line.addBatch();
            }
            effect.executeBatch();
            item.executeBatch();
            line.executeBatch();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void breakAnEdit() {
        String file = "mappings/code-lists/services.csv";
        try {
            edit(file, Files.readString(directory.resolve(file)) + "one cell too many,,,,,,,,\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void edit(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void sql(String statement, Timestamp at) {
        try (Connection ledger = open();
                PreparedStatement update = ledger.prepareStatement(statement)) {
            update.setTimestamp(1, at);
            update.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(bench.setting("tandem.db.url"));
    }

    private static Timestamp moment(Duration ago) {
        return Timestamp.from(Instant.now().minus(ago));
    }

    private Stage start() {
        String jar = System.getProperty("tandem.jar");
        if (jar == null) {
            operations = bench.open();
            running = CompletableFuture.supplyAsync(operations::run);
        } else {
            begin(jar);
        }
        await().atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(this::answers);
        return this;
    }

    private boolean answers() {
        mustRun();
        try (InputStream page = URI.create(url("/console/sign-in")).toURL().openStream()) {
            return page.read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void begin(String jar) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-jar",
                jar,
                "run",
                "--settings",
                bench.settingsFile().toString()));
        try {
            process = new ProcessBuilder(line)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("service.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url(String path) {
        return "http://127.0.0.1:" + bench.setting("tandem.management.port") + path;
    }

    private void mustRun() {
        if (running != null && running.isDone()) {
            running.join();
        }
        if (process != null && !process.isAlive()) {
            throw new IllegalStateException("it ended with " + process.exitValue());
        }
    }

    @Override
    public void close() {
        hold.release();
        try {
            if (process != null) {
                process.destroy();
                process.waitFor(120, TimeUnit.SECONDS);
                process.destroyForcibly();
            }
            if (operations != null) {
                operations.stop();
                running.get(180, TimeUnit.SECONDS);
                operations.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IllegalStateException(e);
        } finally {
            bench.close();
        }
    }
}
