package dev.tandem.operation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * A copy of a ledger, or an empty one, that a plan can work on as if it were the real one, and that is thrown away. On disk, so that a large
 * ledger needs no large heap; payloads in it stay encrypted.
 */
final class ScratchLedger implements AutoCloseable {
    /** What decides; the journal, locks and leases do not. */
    private static final List<String> TABLES = List.of(
            "ledger",
            "work_item",
            "effect",
            "link",
            "tie",
            "snapshot",
            "windowed_snapshot",
            "sweep",
            "window_read",
            "own_write",
            "gate");

    private static final int BATCH = 1000;

    private final Path directory;
    private final HikariDataSource database;
    private final Ledger ledger;

    private ScratchLedger(Path directory, HikariDataSource database, Ledger ledger) {
        this.directory = directory;
        this.database = database;
        this.ledger = ledger;
    }

    static ScratchLedger copyOf(DataSource original, LedgerSettings settings, Seal seal) {
        return make(Optional.of(original), settings, seal);
    }

    /** One in which nothing has happened yet. */
    static ScratchLedger empty(LedgerSettings settings, Seal seal) {
        return make(Optional.empty(), settings, seal);
    }

    private static ScratchLedger make(Optional<DataSource> original, LedgerSettings whose, Seal seal) {
        LedgerSettings settings = whose.withoutBrake();
        try {
            Path directory = Files.createTempDirectory("tandem-plan");
            HikariConfig config = new HikariConfig();
            config.setPoolName("plan");
            config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("plan").toAbsolutePath()
                    + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
            HikariDataSource database = new HikariDataSource(config);
            Ledger.migrate(database);
            if (original.isPresent()) {
                copy(original.get(), database);
            }
            Ledger ledger = Ledger.open(database, settings, seal);
            ledger.claims().endLeasesOfTheDead();
            return new ScratchLedger(directory, database, ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("the ledger could not be copied (SQL state " + e.getSQLState() + ")", e);
        }
    }

    Ledger ledger() {
        return ledger;
    }

    private static void copy(DataSource from, DataSource to) throws SQLException {
        try (Connection source = from.getConnection();
                Connection target = to.getConnection()) {
            source.setAutoCommit(false);
            target.setAutoCommit(false);
            for (String table : TABLES) {
                copy(source, target, table);
            }
            for (String table : List.of("work_item", "effect")) {
                try (var statement = target.createStatement()) {
                    statement.execute("alter table " + table + " alter column id restart with"
                            + " (select coalesce(max(id), 0) + 1 from " + table + ")");
                }
            }
            target.commit();
            source.rollback();
        }
    }

    private static void copy(Connection source, Connection target, String table) throws SQLException {
        try (var select = source.createStatement()) {
            select.setFetchSize(BATCH);
            ResultSet rows = select.executeQuery("select * from " + table);
            ResultSetMetaData columns = rows.getMetaData();
            int count = columns.getColumnCount();
            String names = IntStream.rangeClosed(1, count)
                    .mapToObj(column -> name(columns, column))
                    .collect(Collectors.joining(", "));
            String places =
                    IntStream.rangeClosed(1, count).mapToObj(column -> "?").collect(Collectors.joining(", "));
            try (PreparedStatement insert =
                    target.prepareStatement("insert into " + table + " (" + names + ") values (" + places + ")")) {
                int batched = 0;
                while (rows.next()) {
                    for (int column = 1; column <= count; column++) {
                        insert.setObject(column, rows.getObject(column));
                    }
                    insert.addBatch();
                    if (++batched % BATCH == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
        }
    }

    private static String name(ResultSetMetaData columns, int column) {
        try {
            return columns.getColumnName(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        database.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
