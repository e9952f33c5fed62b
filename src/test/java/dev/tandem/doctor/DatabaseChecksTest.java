package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.database.LedgerDatabase;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.settings.Settings;
import dev.tandem.settings.UnreachableSystems;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseChecksTest {
    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String OTHER_KEY = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

    @TempDir
    Path directory;

    private Settings settings(String url, String user, Map<String, String> further) {
        Map<String, String> environment = new java.util.HashMap<>(Map.of(
                "TANDEM_DB_URL", url, "TANDEM_DB_USER", user, "TANDEM_DB_PASSWORD", "p", "TANDEM_PAYLOAD_KEY", KEY));
        environment.putAll(further);
        return UnreachableSystems.settings(environment, directory);
    }

    private static List<String> look(Settings settings, DataSource source, InstantSource clock) {
        return Examination.of(new DatabaseChecks(settings, source, clock).all()).stream()
                .map(one -> one.check() + ": " + one.level() + " " + one.words())
                .toList();
    }

    private static List<String> look(Settings settings) {
        return look(settings, LedgerDatabase.asItIs(settings.db()), InstantSource.system());
    }

    @Test
    void one_that_does_not_answer_is_unreachable() {
        assertThat(look(settings("jdbc:postgresql://127.0.0.1:1/none", "postgres", Map.of())))
                .containsExactly(
                        "database: UNREACHABLE Nothing answers at jdbc:postgresql://127.0.0.1:1/none: check tandem.db.url, and"
                                + " that the database runs.",
                        "database.room: SKIPPED Not checked: the database does not answer.",
                        "database.clock: SKIPPED Not checked: the database does not answer.",
                        "database.key: SKIPPED Not checked: the database does not answer.");
    }

    @Test
    void a_user_who_may_not_make_the_ledger_is_told() throws SQLException {
        String url = TestDatabase.freshUrl();
        String role = "r" + System.nanoTime();
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("revoke create on schema public from public");
            statement.execute("create role " + role + " login");
        }
        assertThat(look(settings(url.replaceFirst("\\?.*", ""), role, Map.of())))
                .anyMatch(line -> line.startsWith("database: FAULT "));
    }

    @Test
    void clocks_and_keys_are_seen() throws SQLException {
        try (var pool = TestDatabase.POSTGRESQL.fresh();
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String key : List.of("a", "b")) {
                statement.execute(
                        "insert into snapshot (flow, record, generation, requested_at, read_at, key_id, payload) values"
                                + " ('f', '" + key + "', 1, now(), '2026-03-01T00:00:00Z', '" + key + "', '')");
            }
            Settings settings = settings(pool.getJdbcUrl(), "postgres", Map.of());
            DataSource source = LedgerDatabase.asItIs(settings.db());

            assertThat(look(settings, source, InstantSource.offset(InstantSource.system(), Duration.ofHours(1))))
                    .contains(
                            "database.key: FAULT What is kept is encrypted with 2 keys, and one is set; the oldest is of"
                                    + " 2026-03-01T00:00:00Z.")
                    .anyMatch(line -> line.matches(
                            "database.clock: WARN This machine's clock is 3[56]\\d\\d s ahead of the database's."))
                    .anyMatch(line -> line.matches("database.room: OK The database has \\d+ MB; .*"));

            statement.execute("delete from snapshot where key_id = 'b'");
            Settings rotated =
                    settings(pool.getJdbcUrl(), "postgres", Map.of("TANDEM_PAYLOAD_PREVIOUS_KEY", OTHER_KEY));
            assertThat(look(rotated))
                    .anyMatch(line -> line.matches("database: OK The database is PostgreSQL [0-9.]+, with a ledger."))
                    .contains(
                            "database.key: WARN tandem.payload.previous-key is set, and nothing that is kept needs it any"
                                    + " more.");
        }
    }
}
