package dev.tandem.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.settings.Database;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of a process that commits to the embedded database, again and again: what was committed before is there afterwards.
 * H2 2.5.252 forgets: it opens an older state, and the ledger with it what was sent.
 */
class KilledDatabaseIT {
    private static final int KILLS = 12;
    private static final int WRITERS = 6;

    @TempDir
    Path directory;

    @Test
    void what_was_committed_before_a_kill_is_there_afterwards() throws Exception {
        Path file = directory.resolve("ledger");
        SplittableRandom random = new SplittableRandom(20261130);
        Map<Long, Integer> committed = new HashMap<>();
        for (int kill = 1; kill <= KILLS; kill++) {
            commitUntilKilled(file, random.nextInt(20, 400), committed);
            Map<Long, Integer> found = rows(file);
            List<Long> forgotten = committed.keySet().stream()
                    .filter(row -> found.getOrDefault(row, 0) < committed.get(row))
                    .toList();
            assertThat(forgotten).as("forgotten by kill %d", kill).isEmpty();
        }
        assertThat(committed).hasSizeGreaterThan(KILLS);
    }

    /** As Tandem opens it, but that room in its file is used again after a second: what may go wrong then does so in a short test. */
    private static Connection open(Path file) throws SQLException {
        Database database = new Database(
                "jdbc:h2:file:" + file.toAbsolutePath(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        return DriverManager.getConnection(EmbeddedDatabase.url(database) + ";RETENTION_TIME=1000", "", "");
    }

    private static void commitUntilKilled(Path file, int commits, Map<Long, Integer> committed) throws Exception {
        Process writers = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writers.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = writers.inputReader()) {
            for (int line = 0; line < commits; line++) {
                committed.merge(Long.parseLong(lines.readLine()), 1, Integer::sum);
            }
        } finally {
            writers.destroyForcibly().waitFor();
        }
    }

    private static Map<Long, Integer> rows(Path file) throws SQLException {
        try (Connection connection = open(file);
                Statement statement = connection.createStatement()) {
            statement.execute(Writers.TABLE);
            ResultSet rows = statement.executeQuery("select id, written from record");
            Map<Long, Integer> found = new HashMap<>();
            while (rows.next()) {
                found.put(rows.getLong(1), rows.getInt(2));
            }
            return found;
        }
    }

    /** Prints the id of each row once its insert, and again once its update, is committed. */
    static final class Writers {
        static final String TABLE =
                "create table if not exists record (id bigint primary key, content varchar, written int)";

        private Writers() {}

        public static void main(String[] files) throws Exception {
            Path file = Path.of(files[0]);
            try (Connection connection = open(file);
                    Statement statement = connection.createStatement()) {
                statement.execute(TABLE);
                List<Thread> writers = new ArrayList<>();
                for (int writer = 0; writer < WRITERS; writer++) {
                    long first = System.nanoTime() * WRITERS + writer;
                    writers.add(new Thread(() -> write(file, first)));
                }
                writers.forEach(Thread::start);
                for (Thread writer : writers) {
                    writer.join();
                }
            }
        }

        private static void write(Path file, long first) {
            try (Connection connection = open(file);
                    PreparedStatement insert = connection.prepareStatement("insert into record values (?, ?, 1)");
                    PreparedStatement update =
                            connection.prepareStatement("update record set written = written + 1 where id = ?")) {
                connection.setAutoCommit(false);
                for (long row = first; ; row += WRITERS) {
                    insert.setLong(1, row);
                    insert.setString(2, "synthetic ".repeat(80));
                    insert.execute();
                    commit(connection, row);
                    update.setLong(1, row);
                    update.execute();
                    commit(connection, row);
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void commit(Connection connection, long row) throws SQLException {
            connection.commit();
            System.out.println(row);
        }
    }
}
