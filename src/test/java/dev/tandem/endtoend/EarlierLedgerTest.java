package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ledger that the first landed release has made, with settled, parked and linked records, opens under this one, loses
 * nothing, and goes on. The files were written by that release between the two simulators, with synthetic children.
 */
class EarlierLedgerTest {
    private static final List<String> TABLES = List.of(
            "ledger",
            "work_item",
            "effect",
            "link",
            "tie",
            "snapshot",
            "sweep",
            "holder",
            "own_write",
            "gate",
            "edition",
            "journal");

    @TempDir
    Path directory;

    @Test
    void one_on_the_embedded_database_goes_on() throws Exception {
        try (Bench bench = new Bench(directory)) {
            try (InputStream file = unpacked("ledger-0.1.0-h2.mv.db.gz")) {
                Files.copy(file, directory.resolve("ledger.mv.db"));
            }
            bench.with("tandem.payload.key", "ACMsjUR8aS6rhNSFyrp8qZG0WrN9ez5D5N1mu8ent8k=");
            goesOn(bench);
        }
    }

    @Test
    void one_on_postgresql_goes_on() throws Exception {
        try (Bench bench = new Bench(directory)) {
            bench.onPostgresql();
            try (InputStream dump = unpacked("ledger-0.1.0-postgresql.sql.gz");
                    Connection connection = connect(bench);
                    Statement statement = connection.createStatement()) {
                statement.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
            }
            goesOn(bench);
            try (Connection connection = connect(bench);
                    ResultSet triggers =
                            connection.createStatement().executeQuery("select * from public.qrtz_triggers")) {
                assertThat(triggers.getMetaData().getColumnCount())
                        .as("what replicas of that release use, which work beside this one until they are replaced")
                        .isPositive();
            }
        }
    }

    private static void goesOn(Bench bench) throws SQLException {
        Map<String, Integer> before = rows(bench);
        Map<String, String> effects = states(bench);
        assertThat(effects.values()).contains("parked", "confirmed");

        assertThat(bench.status().flows())
                .allSatisfy(flow -> assertThat(flow.settledTotal()).isPositive());
        assertThat(rows(bench)).isEqualTo(before);
        assertThat(states(bench)).isEqualTo(effects);

        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        bench.sync();

        String externalId =
                bench.primero.caseById(caseId).orElseThrow().path("case_id").asText();
        assertThat(bench.oscar.checks().referrals("cif", externalId)).hasSize(1);
        Map<String, String> since = states(bench);
        // What kept a record from being read ends once it can be read: at whichever sweep finds that it changed, by the
        // hour of day.
        assertThat(since.keySet())
                .containsAll(effects.keySet().stream()
                        .filter(effect -> !effect.endsWith(" read"))
                        .toList());
    }

    private static Map<String, Integer> rows(Bench bench) throws SQLException {
        Map<String, Integer> rows = new TreeMap<>();
        try (Connection connection = connect(bench);
                Statement statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (ResultSet count = statement.executeQuery("select count(*) from " + schema(bench) + table)) {
                    count.next();
                    rows.put(table, count.getInt(1));
                }
            }
        }
        return rows;
    }

    private static Map<String, String> states(Bench bench) {
        return bench.ledger().all().stream()
                .collect(Collectors.toMap(
                        one -> one.flow() + " " + one.record() + " " + one.key(), LedgerRows.Row::state));
    }

    /** The dump sets the search path of its own connection only. */
    private static String schema(Bench bench) {
        return bench.setting("tandem.db.url").startsWith("jdbc:postgresql") ? "public." : "";
    }

    private static Connection connect(Bench bench) throws SQLException {
        return DriverManager.getConnection(
                bench.setting("tandem.db.url"), bench.setting("tandem.db.user"), bench.setting("tandem.db.password"));
    }

    private static InputStream unpacked(String name) throws IOException {
        return new GZIPInputStream(EarlierLedgerTest.class.getResourceAsStream(name));
    }
}
