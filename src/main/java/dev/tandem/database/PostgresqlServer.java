package dev.tandem.database;

import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Database;
import dev.tandem.settings.Secret;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** Whether a PostgreSQL can hold the ledger: looked at on connections of its own, before the pool is made. */
final class PostgresqlServer {
    private static final String DUPLICATE_SCHEMA = "42P06";
    private static final String UNIQUE = "23505";

    private final Database database;
    private final int connections;
    private final boolean reading;

    /**
     * @param connections how many Tandem may open at once
     * @param reading whether nothing is to be created
     */
    PostgresqlServer(Database database, int connections, boolean reading) {
        this.reading = reading;
        this.database = database;
        this.connections = connections;
    }

    /**
     * What is between it and Tandem.
     *
     * @throws OperationFailed if it cannot be reached, or does not do for a ledger
     */
    Pooling check() {
        try {
            Pooling pooling = Pooling.of(database.url(), properties());
            try (Connection connection = Pooling.connect(database.url(), properties())) {
                writable(connection);
                schema(connection, pooling);
                if (pooling == Pooling.NONE) {
                    room(connection);
                }
                if (pooling == Pooling.TRANSACTION) {
                    isolation(connection);
                }
            }
            return pooling;
        } catch (SQLException e) {
            throw Unreachable.because(e, database.url());
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        database.user().ifPresent(user -> properties.put("user", user));
        database.password().map(Secret::reveal).ifPresent(password -> properties.put("password", password));
        properties.put("ApplicationName", "tandem");
        properties.put("prepareThreshold", "0");
        properties.put("loginTimeout", "10");
        properties.put("socketTimeout", "60");
        properties.put("logServerErrorDetail", "false");
        return properties;
    }

    private void writable(Connection connection) throws SQLException {
        if (!reading && "on".equals(text(connection, "show transaction_read_only"))) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(
                            "The ledger's database is read-only (a standby, or the old primary after a failover?): "
                                    + database.url().replaceFirst("[?;].*", "") + ". Nothing was done.",
                            "Point tandem.db.url at the primary, or start again when it can be written."));
        }
    }

    private void schema(Connection connection, Pooling pooling) throws SQLException {
        if (database.schema().isPresent()) {
            String wanted = database.schema().get();
            if (!is(connection, "select exists (select 1 from pg_namespace where nspname = ?)", wanted)) {
                create(connection, wanted);
                if (reading) {
                    return;
                }
            }
            if (pooling == Pooling.TRANSACTION && !is(connection, "select current_schema() = ?", wanted)) {
                throw wrong(
                        "Through a pooler in transaction mode Tandem cannot choose the schema " + wanted
                                + " (tandem.db.schema) itself.",
                        "Make it the default of the user: alter role " + user(connection) + " set search_path = "
                                + wanted + "; then have the pooler connect again (RECONNECT in its console).");
            }
        }
        String schema = database.schema().orElse(text(connection, "select current_schema()"));
        if (schema == null) {
            throw wrong(
                    "The user " + user(connection) + " has no schema in this database: none of its search_path exists.",
                    ownSchema(connection));
        }
        boolean ours =
                is(connection, "select to_regclass(quote_ident(?) || '.flyway_schema_history') is not null", schema);
        if (!ours && !is(connection, "select has_schema_privilege(?, 'create')", schema)) {
            throw wrong(
                    "The user " + user(connection) + " may not create tables in the schema " + schema
                            + " (since PostgreSQL 15, nobody but its owner may in public).",
                    ownSchema(connection));
        }
    }

    private static String ownSchema(Connection connection) throws SQLException {
        return "Give it one of its own: create schema tandem authorization " + user(connection)
                + "; and set tandem.db.schema = tandem.";
    }

    /** Another replica may be first. */
    private void create(Connection connection, String schema) throws SQLException {
        if (!is(connection, "select has_database_privilege(current_database(), ?)", "create")) {
            throw wrong(
                    "The database has no schema " + schema + " (tandem.db.schema), and the user " + user(connection)
                            + " may not create one.",
                    "As the database's owner: create schema " + schema + " authorization " + user(connection) + ";");
        }
        if (reading) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("create schema if not exists \"" + schema + "\"");
        } catch (SQLException e) {
            if (!DUPLICATE_SCHEMA.equals(e.getSQLState()) && !UNIQUE.equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    /** Whether the server, the database and the user allow as many connections as this replica may need. */
    private void room(Connection connection) throws SQLException {
        int most = number(connection, """
                select least(
                  current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
                    - coalesce(current_setting('reserved_connections', true)::int, 0),
                  (select nullif(rolconnlimit, -1) from pg_roles where rolname = current_user),
                  (select nullif(datconnlimit, -1) from pg_database where datname = current_database()))
                """);
        if (connections > most) {
            int beside = LedgerDatabase.BESIDE_WORKERS;
            String lower = most > beside
                    ? "Set tandem.workers to " + (most - beside) + " or less"
                    : "Tandem needs at least " + (beside + 1);
            throw wrong(
                    "tandem.workers = " + (connections - beside) + " needs " + connections
                            + " connections to the database (one for each worker and " + beside
                            + " for all else), but the server gives this user " + most
                            + " at most (max_connections of the"
                            + " server, less those reserved, and the limits of the user and the database).",
                    lower + ", or raise the limit; each further replica needs as many again.");
        }
    }

    private static void isolation(Connection connection) throws SQLException {
        String isolation = text(connection, "show default_transaction_isolation");
        if (!"read committed".equals(isolation)) {
            throw wrong(
                    "The database works with transactions that are " + isolation
                            + " by default, which Tandem cannot change through a pooler in transaction mode.",
                    "Change it for the user: alter role " + user(connection)
                            + " set default_transaction_isolation = 'read committed'; then have the pooler connect again.");
        }
    }

    private static String user(Connection connection) throws SQLException {
        return text(connection, "select quote_ident(current_user)");
    }

    private static String text(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(sql)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static int number(Connection connection, String sql) throws SQLException {
        return Optional.ofNullable(text(connection, sql)).map(Integer::valueOf).orElse(Integer.MAX_VALUE);
    }

    private static boolean is(Connection connection, String sql, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, value);
            try (ResultSet answer = statement.executeQuery()) {
                answer.next();
                return answer.getBoolean(1);
            }
        }
    }

    private static OperationFailed wrong(String... lines) {
        return new OperationFailed(OperationFailed.WRONG, List.of(lines));
    }
}
