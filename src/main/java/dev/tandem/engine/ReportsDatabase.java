package dev.tandem.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.database.EmbeddedDatabase;
import dev.tandem.database.ReadOnlySource;
import dev.tandem.database.ReadOnlySource.Origin;
import dev.tandem.ledger.Ledger;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Database;
import dev.tandem.settings.Database.Reader;
import dev.tandem.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * The data source {@code reports}: what routes may read of the ledger, and nothing else. A user who sees the documented views
 * only; on PostgreSQL, without {@code tandem.reports.user}, the ledger's own user, but never a superuser, whose queries can
 * leave any transaction: a superuser makes a role for it. It connects when it is first asked.
 */
final class ReportsDatabase {
    private static final List<String> VIEWS =
            List.of("ledger_status", "effect_status", "dead_letters", "waiting_effects", "journal_today", "drift");
    private static final String USER = "REPORTS";
    /** Of the database, and of nobody else: {@code tandemrp}. */
    private static final long TURNS = 0x74616e64656d7270L;

    private ReportsDatabase() {}

    static DataSource of(Database database, Ledger ledger) {
        return new ReadOnlySource(database.isPostgresql() ? postgresql(database, ledger) : embedded(database, ledger));
    }

    private static Origin embedded(Database database, Ledger ledger) {
        JdbcDataSource reports = new JdbcDataSource();
        reports.setURL(EmbeddedDatabase.address(database));
        reports.setUser(USER);
        reports.setPassword(password(ledger));
        return reports::getConnection;
    }

    private static Origin postgresql(Database database, Ledger ledger) {
        PGSimpleDataSource reports = new PGSimpleDataSource();
        reports.setUrl(database.url());
        database.user().ifPresent(reports::setUser);
        Optional<Secret> password = database.reports().map(Reader::password).orElseGet(database::password);
        database.reports().map(Reader::user).ifPresent(reports::setUser);
        reports.setPassword(password.map(Secret::reveal).orElse(null));
        // The transaction itself is begun as a read-only one, and the server takes one statement at a time.
        reports.setReadOnlyMode("transaction");
        reports.setPreferQueryMode(PreferQueryMode.EXTENDED);
        reports.setLogServerErrorDetail(false);
        reports.setPrepareThreshold(0);
        return () -> {
            Connection connection = reports.getConnection();
            try {
                if (isSuperuser(connection)) {
                    String schema = database.schema().orElse(connection.getSchema());
                    connection.close();
                    connection = asRole(reports, database, ledger);
                    connection.setSchema(schema);
                } else if (database.schema().isPresent()) {
                    // Not as an option of the connection, which a pooler refuses.
                    connection.setSchema(database.schema().get());
                }
                return connection;
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        };
    }

    private static Connection asRole(PGSimpleDataSource reports, Database database, Ledger ledger) throws SQLException {
        if (database.reports().isPresent()) {
            throw refused("the user of tandem.reports.user is a superuser", null);
        }
        Connection connection;
        try {
            connection = reports.getConnection(role(ledger), password(ledger));
        } catch (SQLException e) {
            throw refused(
                    "the server, or a pooler before it, refuses the role " + role(ledger) + " (SQL state "
                            + e.getSQLState() + ")",
                    e.getSQLState());
        }
        if (isSuperuser(connection)) {
            connection.close();
            throw refused("who comes in as " + role(ledger) + " is one too", null);
        }
        return connection;
    }

    private static SQLException refused(String why, String state) {
        return new SQLException(
                "Routes may not read the ledger's views as a superuser of PostgreSQL, and " + why
                        + ": set tandem.reports.user to a user without rights (docs/operate/running.md, PostgreSQL).",
                state);
    }

    private static boolean isSuperuser(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var answer = statement.executeQuery("select rolsuper from pg_roles where rolname = session_user")) {
            return answer.next() && answer.getBoolean(1);
        }
    }

    /** Gives the reading user its rights, and makes that of the embedded database, whose password nobody needs to know. */
    static void prepare(Database database, DataSource owner, Ledger ledger) {
        try (Connection connection = owner.getConnection();
                var statement = connection.createStatement()) {
            if (!database.isPostgresql()) {
                statement.execute("create user if not exists " + USER + " password ''");
                statement.execute("alter user " + USER + " set password '" + password(ledger) + "'");
                statement.execute("grant select on " + String.join(", ", VIEWS) + " to " + USER);
            } else if (database.reports().isPresent() || isSuperuser(connection)) {
                // Replicas that start together take turns, or one would fail by what the other changes.
                connection.setAutoCommit(false);
                statement.execute("select pg_advisory_xact_lock(" + TURNS + ")");
                if (database.reports().isEmpty()) {
                    make(statement, role(ledger), password(ledger));
                }
                grant(connection, database.reports().map(Reader::user).orElse(role(ledger)));
                connection.commit();
            }
        } catch (SQLException e) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("The user of the reports cannot be given its rights (SQL state " + e.getSQLState()
                            + "): check that the database has the user of tandem.reports.user."));
        }
    }

    /** Roles are of the whole server, turns are of one database. */
    private static void make(Statement statement, String role, String password) throws SQLException {
        statement.execute("do $$ begin"
                + " if not exists (select 1 from pg_roles where rolname = '" + role + "') then"
                + " create role " + role + " login password '" + password + "'; end if;"
                + " exception when duplicate_object or unique_violation then null; end $$");
    }

    /** Only what it lacks, so that who may not grant need not if somebody else did. */
    private static void grant(Connection connection, String user) throws SQLException {
        try (var missing =
                        connection.prepareStatement("select format('grant select on %I to %I', v, ?) from unnest(?) v"
                                + " where not has_table_privilege(?, v, 'select')"
                                + " union all select format('grant usage on schema %I to %I', current_schema(), ?)"
                                + " where not has_schema_privilege(?, current_schema(), 'usage')");
                var statement = connection.createStatement()) {
            missing.setString(1, user);
            missing.setArray(2, connection.createArrayOf("text", VIEWS.toArray()));
            missing.setString(3, user);
            missing.setString(4, user);
            missing.setString(5, user);
            try (var grants = missing.executeQuery()) {
                while (grants.next()) {
                    statement.execute(grants.getString(1));
                }
            }
        }
    }

    /** A name of its own for each key, as roles are of the whole server. */
    private static String role(Ledger ledger) {
        return "tandem_reports_" + ledger.seal().currentKeyId();
    }

    private static String password(Ledger ledger) {
        return ledger.seal().fingerprint("reports".getBytes(UTF_8));
    }
}
