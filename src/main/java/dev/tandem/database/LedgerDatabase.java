package dev.tandem.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Database;
import dev.tandem.settings.Secret;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of connections to the ledger's database, and what its loss looks like. */
public final class LedgerDatabase {
    private static final String H2_IN_USE = "90020";
    /** It says so of its open connections, and for new ones finds its own lock on the file. */
    private static final Set<String> CLOSED_BY_H2 = Set.of("90098", H2_IN_USE);

    /** Connection exceptions; PostgreSQL that is stopped, crashes or cannot be connected to yet. */
    private static final List<String> WENT_AWAY = List.of("08", "57P01", "57P02", "57P03");

    /** For sweeps, events, the pulse, signals between replicas, metrics and operators. */
    static final int BESIDE_WORKERS = 12;

    private static final int KEPT_OPEN = 2;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final int PROBE_MILLIS = 3_000;
    private static final Logger LOG = LoggerFactory.getLogger(LedgerDatabase.class);

    private LedgerDatabase() {}

    /**
     * An open database.
     *
     * @param pooling what is between it and Tandem
     */
    public record Opened(HikariDataSource pool, Pooling pooling) {}

    /**
     * Opens the database.
     *
     * @param workers how many records are in work at once
     * @throws DatabaseInUse if another process has it
     * @throws OperationFailed if it cannot be reached, or does not do
     */
    public static Opened open(Database database, int workers) {
        int connections = workers + BESIDE_WORKERS;
        Pooling pooling =
                database.isPostgresql() ? new PostgresqlServer(database, connections, false).check() : Pooling.NONE;
        HikariConfig config = new HikariConfig();
        config.setPoolName("ledger");
        config.setJdbcUrl(database.isPostgresql() ? database.url() : EmbeddedDatabase.url(database));
        database.user().ifPresent(config::setUsername);
        database.password().map(Secret::reveal).ifPresent(config::setPassword);
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        if (database.isPostgresql()) {
            // The others are opened as they are needed: a short command needs one.
            config.setMinimumIdle(KEPT_OPEN);
            // A replica cut off from the database must notice it well within its lease.
            config.addDataSourceProperty("socketTimeout", "60");
            config.addDataSourceProperty("ApplicationName", "tandem");
            // Else what a failed batch was to write stands in its message.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        if (pooling == Pooling.TRANSACTION) {
            // A statement that is prepared lies in a session that another may have by then.
            config.addDataSourceProperty("prepareThreshold", "0");
        } else {
            // Whatever the database has been told to do by default.
            config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        }
        if (database.isPostgresql() && pooling != Pooling.TRANSACTION) {
            // One that stands still in the middle of a transaction must not keep its rows from who takes over. A pooler
            // refuses it as
            // an option of the connection.
            config.setConnectionInitSql("set idle_in_transaction_session_timeout = '20s'");
            database.schema().ifPresent(config::setSchema);
        }
        try {
            return new Opened(new HikariDataSource(config), pooling);
        } catch (HikariPool.PoolInitializationException e) {
            if (SqlState.of(e).filter(H2_IN_USE::equals).isPresent()) {
                throw new DatabaseInUse();
            }
            throw Unreachable.because(e, database.url());
        }
    }

    /**
     * Whether a PostgreSQL does for a ledger, as {@link #open} asks for it, but nothing is created.
     *
     * @throws OperationFailed if it does not
     */
    public static Pooling look(Database database, int workers) {
        return new PostgresqlServer(database, workers + BESIDE_WORKERS, true).check();
    }

    /** Why it could not be opened, and what to do. */
    public static OperationFailed unreachable(SQLException failure, String url) {
        return Unreachable.because(failure, url);
    }

    /** The same database as it is: reading only, and none is made where there is none. Each connection is a new one. */
    public static DataSource asItIs(Database database) {
        String user = database.user().orElse(null);
        String password = database.password().map(Secret::reveal).orElse(null);
        if (database.isPostgresql()) {
            PGSimpleDataSource source = new InSchema(database);
            source.setUrl(database.url());
            source.setUser(user);
            source.setPassword(password);
            source.setPrepareThreshold(0);
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

    /** Chooses the schema as the pool does: a pooler refuses it as an option of the connection. */
    private static final class InSchema extends PGSimpleDataSource {
        private static final long serialVersionUID = 1L;
        private final String schema;

        InSchema(Database database) {
            schema = database.schema().orElse(null);
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            Connection connection = super.getConnection(user, password);
            if (schema != null) {
                connection.setSchema(schema);
            }
            return connection;
        }
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

    /**
     * Makes sure that a pooler gives as many connections as may be needed: it would let the one too many wait without an end.
     *
     * @throws OperationFailed if it does not
     */
    public static void mustHaveRoom(Opened opened) {
        if (opened.pooling() == Pooling.NONE) {
            return;
        }
        HikariDataSource pool = opened.pool();
        List<Connection> taken = new ArrayList<>();
        pool.getHikariConfigMXBean().setConnectionTimeout(PROBE_MILLIS);
        try {
            while (taken.size() < pool.getMaximumPoolSize()) {
                taken.add(pool.getConnection());
            }
        } catch (SQLException e) {
            int most = pool.getMaximumPoolSize();
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of(
                            "tandem.workers = " + (most - BESIDE_WORKERS) + " needs " + most
                                    + " connections to the database (one for each worker and " + BESIDE_WORKERS
                                    + " for all else), but its pooler gave " + taken.size() + ".",
                            "Raise its default_pool_size (in session mode to " + (most + 2)
                                    + " or more for each replica) and max_client_conn, or lower tandem.workers."));
        } finally {
            taken.forEach(LedgerDatabase::giveBack);
            pool.getHikariConfigMXBean().setConnectionTimeout(TIMEOUT_MILLIS);
        }
        if (opened.pooling() == Pooling.TRANSACTION) {
            warnOfStandstill(pool);
        }
    }

    private static void warnOfStandstill(HikariDataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("show idle_in_transaction_session_timeout")) {
            answer.next();
            if (answer.getString(1).equals("0")) {
                LOG.warn(
                        "The database never ends a transaction that stands still, and through a pooler in transaction mode Tandem"
                                + " cannot ask for it: alter role ... set idle_in_transaction_session_timeout = '20s' for its user.");
            }
        } catch (SQLException e) {
            LOG.debug("the database was not asked: SQL state {}", e.getSQLState());
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            // The pool opens another one.
        }
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
