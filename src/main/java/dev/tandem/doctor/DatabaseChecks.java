package dev.tandem.doctor;

import dev.tandem.database.LedgerDatabase;
import dev.tandem.database.Pooling;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Database;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;

/** The ledger's database: that it is there, may be used, has room, and tells the right time. Reads only; makes none. */
final class DatabaseChecks {
    private static final long MEGABYTE = 1024L * 1024;
    private static final long LEAST_FREE = 500;
    private static final int LEAST_POSTGRESQL = 130_000;
    private static final Duration MOST_DIFFERENCE = Duration.ofMinutes(1);

    private final Settings settings;
    private final Database database;
    private final DataSource source;
    private final InstantSource clock;

    DatabaseChecks(Settings settings, DataSource source, InstantSource clock) {
        this.settings = settings;
        this.database = settings.db();
        this.source = source;
        this.clock = clock;
    }

    List<Check> all() {
        return List.of(
                Check.of("database", "", this::there),
                Check.of("database.room", "", this::room),
                Check.of("database.clock", "The database's clock agrees with this machine's.", this::clock),
                Check.of("database.key", "", this::key));
    }

    private interface Query<T> {
        T of(Statement statement) throws SQLException;
    }

    /** @param unanswered what it is if the database does not answer: said once, by the first check */
    private <T> T ask(Level unanswered, Query<T> query) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            return query.of(statement);
        } catch (SQLException e) {
            throw new Unread(
                    unanswered,
                    unanswered == Level.SKIPPED
                            ? "Not checked: the database does not answer."
                            : LedgerDatabase.unreachable(e, database.url()).getMessage(),
                    "");
        }
    }

    private static <T> T one(Statement statement, String sql, Class<T> type) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getObject(1, type);
        }
    }

    private boolean missing() {
        return database.file().filter(file -> !Files.exists(file)).isPresent();
    }

    private void mustBeThere() {
        if (missing()) {
            throw new Unread(Level.SKIPPED, "Not checked: there is no database yet.", "");
        }
    }

    private void there(Findings found) {
        if (missing()) {
            found.ok("There is no embedded database yet: `tandem init` makes it (" + database.url() + ").");
            return;
        }
        ask(Level.UNREACHABLE, statement -> {
            boolean ledger = database.isPostgresql() ? postgresql(statement, found) : hasLedger(statement);
            if (found.all().isEmpty()) {
                found.ok(version(statement)
                        + (ledger ? ", with a ledger." : ", without a ledger yet: `tandem init` makes it."));
            }
            return null;
        });
    }

    private String version(Statement statement) throws SQLException {
        return "The database is "
                + statement.getConnection().getMetaData().getDatabaseProductName() + " "
                + statement
                        .getConnection()
                        .getMetaData()
                        .getDatabaseProductVersion()
                        .replaceFirst(" .*", "");
    }

    private boolean postgresql(Statement statement, Findings found) throws SQLException {
        if (Integer.parseInt(one(statement, "show server_version_num", String.class)) < LEAST_POSTGRESQL) {
            found.warn("", version(statement) + ", which is older than Tandem is tested with (13).", "Upgrade it.");
        }
        if (one(statement, "select pg_is_in_recovery()", Boolean.class)) {
            found.fault("", "The database is a read-only standby.", "Point tandem.db.url at the primary.");
        }
        doesForALedger(found);
        return hasLedger(statement);
    }

    /** What a service looks at before it starts: rights, schema, connections, and what is between it and the server. */
    private void doesForALedger(Findings found) {
        try {
            if (LedgerDatabase.look(database, settings.work().workers()) == Pooling.TRANSACTION) {
                found.warn(
                        "",
                        "A pooler in transaction mode is before the database: it does not pass on NOTIFY, so records wait up to"
                                + " a second for another replica.",
                        "Nothing, or use session mode; Tandem has a pool of its own.");
            }
        } catch (OperationFailed wrong) {
            String[] lines = wrong.getMessage().split("\n", 2);
            found.fault("", lines[0], lines.length > 1 ? lines[1] : "");
        }
    }

    private static boolean hasLedger(Statement statement) throws SQLException {
        try (ResultSet tables = statement
                .getConnection()
                .getMetaData()
                .getTables(null, statement.getConnection().getSchema(), null, new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) {
                if (tables.getString("TABLE_NAME").equalsIgnoreCase("work_item")) {
                    return true;
                }
            }
            return false;
        }
    }

    private void room(Findings found) {
        mustBeThere();
        if (database.isPostgresql()) {
            long size = ask(
                            Level.SKIPPED,
                            statement -> one(statement, "select pg_database_size(current_database())", Long.class))
                    / MEGABYTE;
            found.ok(
                    "The database has " + size + " MB; PostgreSQL does not say how much room is left: watch its disk.");
            return;
        }
        if (database.file().isEmpty()) {
            found.ok("The database is in memory: it is gone when Tandem stops.");
            return;
        }
        Path file = database.file().get();
        try {
            long free = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() / MEGABYTE;
            long size = Files.size(file) / MEGABYTE;
            String words = "The database's file has " + size + " MB, and " + free + " MB are free beside it.";
            if (free < Math.max(LEAST_FREE, size)) {
                found.warn("", words, "Make room: with a full disk nothing is marked, claimed or recorded.");
            } else {
                found.ok(words);
            }
        } catch (IOException e) {
            found.warn(
                    "", "How much room is left cannot be seen (" + e.getClass().getSimpleName() + ").", "");
        }
    }

    private void clock(Findings found) {
        mustBeThere();
        Instant its = ask(Level.SKIPPED, statement -> one(statement, "select current_timestamp", OffsetDateTime.class))
                .toInstant();
        Duration ahead = Duration.between(its, clock.instant());
        if (ahead.abs().compareTo(MOST_DIFFERENCE) > 0) {
            found.warn(
                    "",
                    "This machine's clock is " + ahead.abs().toSeconds() + " s "
                            + (ahead.isNegative() ? "behind" : "ahead of") + " the database's.",
                    "Set both by NTP: schedules fire by this machine's clock, all else goes by the database's.");
        }
    }

    /** Which keys what is encrypted needs: a backup of the database is worth nothing without them. */
    private void key(Findings found) {
        mustBeThere();
        boolean previous = settings.payload().previousKey().isPresent();
        ask(Level.SKIPPED, statement -> {
            if (!hasLedger(statement)) {
                throw new Unread(Level.SKIPPED, "Not checked: there is no ledger yet.", "");
            }
            long keys;
            OffsetDateTime oldest;
            try (ResultSet rows = statement.executeQuery("select count(distinct key_id), min(read_at) from snapshot")) {
                rows.next();
                keys = rows.getLong(1);
                oldest = rows.getObject(2, OffsetDateTime.class);
            }
            if (keys > 1 && !previous) {
                found.fault(
                        "",
                        "What is kept is encrypted with " + keys + " keys, and one is set; the oldest is of "
                                + oldest.toInstant() + ".",
                        "Set the key before as tandem.payload.previous-key until a full sweep has read all again.");
            } else if (keys <= 1 && previous) {
                found.warn(
                        "tandem.payload.previous-key",
                        "{} is set, and nothing that is kept needs it any more.",
                        "Take it out of the settings.");
            } else {
                found.ok(
                        oldest == null
                                ? "Nothing is kept that needs the payload key."
                                : "What is kept since " + oldest.toInstant()
                                        + " needs the payload key: back it up apart from the database.");
            }
            return null;
        });
    }
}
