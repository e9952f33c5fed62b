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
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** The ledger's tables, and whether they are those of this version. */
final class Schema {
    private static final String FOLDER = "dev/tandem/ledger/migrations";
    private static final String HISTORY = "flyway_schema_history";

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

    /** Whether there is one in this database. Nothing is written. */
    static boolean isIn(DataSource database) {
        return Jdbi.create(database).withHandle(handle -> has(handle, "ledger"));
    }

    /** Whether each file was applied as it is now. Flyway takes longer to find that out than a command does for all else. */
    static boolean isCurrent(DataSource database) {
        record Applied(String script, int checksum, boolean success) {}
        try {
            List<Applied> applied = Jdbi.create(database)
                    .withHandle(handle -> has(handle, HISTORY)
                            ? handle.createQuery(
                                            "select \"script\", \"checksum\", \"success\" from \"" + HISTORY + "\"")
                                    .map(ConstructorMapper.of(Applied.class))
                                    .list()
                            : List.of());
            Map<String, Integer> checksums = applied.stream()
                    .collect(Collectors.toMap(Applied::script, Applied::checksum, (former, later) -> later));
            return applied.stream().allMatch(Applied::success)
                    && scripts().stream().allMatch(script -> Integer.valueOf(checksum(script))
                            .equals(checksums.get(script)));
        } catch (JdbiException e) {
            // Flyway meets it too, and says so.
            return false;
        }
    }

    /** H2 has those that nobody quoted in capitals. */
    private static boolean has(Handle handle, String table) {
        return handle.createQuery("""
                        select count(*) from information_schema.tables
                         where lower(table_name) = :table and table_schema = current_schema
                        """).bind("table", table).mapTo(Long.class).one() > 0;
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
