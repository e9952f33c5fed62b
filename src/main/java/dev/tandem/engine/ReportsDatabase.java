package dev.tandem.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.tandem.database.EmbeddedDatabase;
import dev.tandem.ledger.Ledger;
import dev.tandem.settings.Database;
import dev.tandem.settings.Secret;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The data source {@code reports}: what routes may read of the ledger, and nothing else. On H2 a user who sees the documented
 * views only; on PostgreSQL every transaction is read-only. It connects when it is first asked.
 */
final class ReportsDatabase {
    private static final List<String> VIEWS =
            List.of("ledger_status", "effect_status", "dead_letters", "waiting_effects", "journal_today");
    private static final String USER = "REPORTS";

    private ReportsDatabase() {}

    static DataSource of(Database database, Ledger ledger) {
        if (database.isPostgresql()) {
            PGSimpleDataSource reports = new PGSimpleDataSource();
            reports.setUrl(database.url());
            database.user().ifPresent(reports::setUser);
            database.password().map(Secret::reveal).ifPresent(reports::setPassword);
            reports.setReadOnly(true);
            reports.setReadOnlyMode("always");
            return reports;
        }
        JdbcDataSource reports = new JdbcDataSource();
        reports.setURL(EmbeddedDatabase.address(database));
        reports.setUser(USER);
        reports.setPassword(password(ledger));
        return reports;
    }

    /** Makes the reading user of the embedded database, whose password nobody needs to know. */
    static void prepare(Database database, DataSource owner, Ledger ledger) {
        if (database.isPostgresql()) {
            return;
        }
        try (Connection connection = owner.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create user if not exists " + USER + " password ''");
            statement.execute("alter user " + USER + " set password '" + password(ledger) + "'");
            for (String view : VIEWS) {
                statement.execute("grant select on " + view + " to " + USER);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the user of the reports could not be made", e);
        }
    }

    private static String password(Ledger ledger) {
        return ledger.seal().fingerprint("reports".getBytes(UTF_8));
    }
}
