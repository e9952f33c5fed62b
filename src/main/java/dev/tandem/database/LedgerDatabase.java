package dev.tandem.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Database;
import dev.tandem.settings.Secret;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The pool of connections to the ledger's database, and what its loss looks like. */
public final class LedgerDatabase {
    private static final String H2_IN_USE = "90020";
    /** It says so of its open connections, and for new ones finds its own lock on the file. */
    private static final Set<String> CLOSED_BY_H2 = Set.of("90098", H2_IN_USE);

    /** Connection exceptions; PostgreSQL that is stopped, crashes or cannot be connected to yet. */
    private static final List<String> WENT_AWAY = List.of("08", "57P01", "57P02", "57P03");

    /** The most at once. */
    public static final int CONNECTIONS = 20;

    private LedgerDatabase() {}

    /**
     * Opens the database.
     *
     * @throws DatabaseInUse if another process has it
     * @throws OperationFailed if it cannot be reached
     */
    public static HikariDataSource open(Database database) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(database.isPostgresql() ? database.url() : EmbeddedDatabase.url(database));
        database.user().ifPresent(config::setUsername);
        database.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setMaximumPoolSize(CONNECTIONS);
        // Whatever the database has been told to do by default.
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setConnectionTimeout(10_000);
        if (database.isPostgresql()) {
            // A replica cut off from the database must notice it well within its lease.
            config.addDataSourceProperty("socketTimeout", "60");
            // One that stands still in the middle of a transaction must not keep its rows from who takes over.
            config.addDataSourceProperty("options", "-c idle_in_transaction_session_timeout=20s");
            config.addDataSourceProperty("ApplicationName", "tandem");
            // Else what a failed batch was to write stands in its message.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        try {
            return new HikariDataSource(config);
        } catch (HikariPool.PoolInitializationException e) {
            if (SqlState.of(e).filter(H2_IN_USE::equals).isPresent()) {
                throw new DatabaseInUse();
            }
            throw new OperationFailed(OperationFailed.UNREACHABLE, List.of(why(SqlState.of(e))));
        }
    }

    /** The same database as it is: reading only, and none is made where there is none. Each connection is a new one. */
    public static DataSource asItIs(Database database) {
        String user = database.user().orElse(null);
        String password = database.password().map(Secret::reveal).orElse(null);
        if (database.isPostgresql()) {
            PGSimpleDataSource source = new PGSimpleDataSource();
            source.setUrl(database.url());
            source.setUser(user);
            source.setPassword(password);
            source.setReadOnly(true);
            source.setConnectTimeout(5);
            source.setSocketTimeout(20);
            source.setLogServerErrorDetail(false);
            return source;
        }
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(EmbeddedDatabase.address(database)
                + (database.file().isEmpty() ? "" : ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r;DB_CLOSE_ON_EXIT=FALSE"));
        source.setUser(user == null ? "" : user);
        source.setPassword(password == null ? "" : password);
        return source;
    }

    /** Whether another process holds the embedded database. */
    public static boolean isHeld(Database database) {
        if (database.file().filter(Files::exists).isEmpty()) {
            return false;
        }
        try (Connection connection = asItIs(database).getConnection()) {
            return false;
        } catch (SQLException e) {
            return SqlState.of(e).filter(H2_IN_USE::equals).isPresent();
        }
    }

    private static String why(Optional<String> state) {
        if (state.filter(code -> code.startsWith("28")).isPresent()) {
            return "The database refused the login: check tandem.db.user and tandem.db.password.";
        }
        return "The database cannot be opened ("
                + state.map(code -> "SQL state " + code).orElse("no answer")
                + "): check tandem.db.url and that it is running.";
    }

    /**
     * Whether H2 has closed the database under a running Tandem, as it does when its disk fails. It keeps its lock on the file
     * as long as the process lives, so that nothing but a new process can open it again.
     */
    public static boolean hasClosedItself(HikariDataSource database) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("select 1");
            return false;
        } catch (SQLException e) {
            return SqlState.of(e).filter(CLOSED_BY_H2::contains).isPresent();
        }
    }

    /** If a command ended because the connection to the database did: no defect, and nothing that the command can repair. */
    public static Optional<OperationFailed> lost(Throwable failed) {
        return SqlState.among(failed).anyMatch(LedgerDatabase::wentAway)
                ? Optional.of(new OperationFailed(
                        OperationFailed.UNREACHABLE,
                        List.of(
                                "The ledger's database went away while it was used.",
                                "Nothing is lost. See that it runs, and start again.")))
                : Optional.empty();
    }

    private static boolean wentAway(SQLException sql) {
        return sql instanceof SQLTransientConnectionException
                || (sql.getSQLState() != null && WENT_AWAY.stream().anyMatch(sql.getSQLState()::startsWith));
    }
}
