package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.links.Mark;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What routes can read of the ledger, and that they can change nothing. */
class ReportsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void a_route_reads_the_views_and_can_write_nothing(TestDatabase kind) throws Exception {
        Settings settings = settings(kind);
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {})) {
            opened.ledger().initialise("adopt", Optional.empty());
            try (Engine engine = new Engine(settings, opened.ledger(), EditionLoader.load(settings), false)) {
                engine.start();
                opened.ledger()
                        .marks()
                        .mark(
                                "a-to-b",
                                List.of(Mark.hint(
                                        "record", opened.ledger().clock().now())));
                List<?> rows;
                try (var template = engine.context().createProducerTemplate()) {
                    rows = template.requestBody("jdbc:reports", "select flow, pending from ledger_status", List.class);
                }
                assertThat(new ObjectMapper().writeValueAsString(rows)).contains("a-to-b");

                DataSource reports = engine.context().getRegistry().lookupByNameAndType("reports", DataSource.class);
                try (var connection = reports.getConnection();
                        var statement = connection.createStatement()) {
                    assertThatThrownBy(() -> statement.execute("delete from journal"))
                            .isInstanceOf(SQLException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_summary_is_a_file_of_counts(TestDatabase kind) throws Exception {
        Settings settings = settings(kind);
        Path summaries = Path.of("data/summaries");
        try (OpenedLedger opened = OpenedLedger.open(settings, warning -> {})) {
            opened.ledger().initialise("adopt", Optional.empty());
            try (Engine engine = new Engine(settings, opened.ledger(), EditionLoader.load(settings), false)) {
                engine.start();
                engine.ask("daily-summary", Map.of());
            }
        }
        try (var files = Files.list(summaries)) {
            List<Path> written = files.toList();
            assertThat(written).isNotEmpty();
            for (Path file : written) {
                Files.delete(file);
            }
        }
    }

    private Settings settings(TestDatabase kind) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TANDEM_PRIMERO_URL", "http://127.0.0.1:1",
                "TANDEM_PRIMERO_USER", "user",
                "TANDEM_PRIMERO_PASSWORD", "password",
                "TANDEM_OSCAR_URL", "http://127.0.0.1:2",
                "TANDEM_OSCAR_USER", "user",
                "TANDEM_OSCAR_PASSWORD", "password"));
        if (kind == TestDatabase.POSTGRESQL) {
            environment.put("TANDEM_DB_URL", TestDatabase.freshUrl().replaceAll("[?&]user=[^&]*", ""));
            environment.put("TANDEM_DB_USER", "postgres");
            environment.put("TANDEM_PAYLOAD_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        } else {
            environment.put(
                    "TANDEM_DB_URL",
                    "jdbc:h2:file:" + directory.resolve("ledger").toAbsolutePath());
        }
        return SettingsReader.read(Optional.empty(), environment, directory).settings();
    }
}
