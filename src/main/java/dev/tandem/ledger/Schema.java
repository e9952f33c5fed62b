package dev.tandem.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The ledger's tables, and whether they are those of this version. */
final class Schema {
    private static final String FOLDER = "dev/tandem/ledger/migrations";

    private Schema() {}

    /** Brings them to this version. */
    static void migrate(DataSource database) {
        if (isCurrent(database)) {
            return;
        }
        Flyway.configure()
                .dataSource(database)
                .locations("classpath:" + FOLDER)
                // Future: a newer replica has been here. Missing: V1_1 made Quartz' tables for replicas on PostgreSQL.
                // Older replicas use them while an upgrade is under way, so they stay until a later release.
                .ignoreMigrationPatterns("*:future", "versioned:missing")
                .load()
                .migrate();
    }

    /** Whether each file was applied as it is now. Flyway takes longer to find that out than a command does for all else. */
    static boolean isCurrent(DataSource database) {
        Map<String, Integer> applied = new HashMap<>();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            if (!hasHistory(statement)) {
                return false;
            }
            try (ResultSet rows = statement.executeQuery("""
                            select "script", "checksum", "success" from "flyway_schema_history"
                            """)) {
                while (rows.next()) {
                    if (!rows.getBoolean("success")) {
                        return false;
                    }
                    applied.put(rows.getString("script"), rows.getInt("checksum"));
                }
            }
        } catch (SQLException e) {
            // Flyway meets it too, and says so.
            return false;
        }
        return scripts().stream()
                .allMatch(script -> Integer.valueOf(checksum(script)).equals(applied.get(script)));
    }

    private static boolean hasHistory(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("""
                select 1 from information_schema.tables
                 where table_name = 'flyway_schema_history' and table_schema = current_schema
                """)) {
            return found.next();
        }
    }

    /** As Flyway counts it. */
    private static int checksum(String script) {
        CRC32 sum = new CRC32();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Schema.class.getClassLoader().getResourceAsStream(FOLDER + "/" + script), UTF_8))) {
            lines.lines().forEach(line -> sum.update(line.getBytes(UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return (int) sum.getValue();
    }

    private static List<String> scripts() {
        URL folder = Schema.class.getClassLoader().getResource(FOLDER);
        try {
            if (folder.openConnection() instanceof JarURLConnection jar) {
                return jar.getJarFile().stream()
                        .map(entry -> entry.getName().startsWith(FOLDER + "/")
                                ? entry.getName().substring(FOLDER.length() + 1)
                                : "")
                        .filter(name -> name.endsWith(".sql"))
                        .toList();
            }
            try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
                return files.map(file -> file.getFileName().toString())
                        .filter(name -> name.endsWith(".sql"))
                        .toList();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
