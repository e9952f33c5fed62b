package dev.tandem.database;

import dev.tandem.outcome.OperationFailed;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;

/** Tells a database that went away while it was used from a defect. */
public final class LostDatabase {
    /** Connection exceptions; PostgreSQL that is stopped, crashes or cannot be connected to yet. */
    private static final List<String> WENT_AWAY = List.of("08", "57P01", "57P02", "57P03");

    private LostDatabase() {}

    /** If a command ended because the connection to the ledger's database did: no defect, and nothing that the command can mend. */
    public static Optional<OperationFailed> of(Throwable failed) {
        boolean away = SqlState.among(failed).anyMatch(LostDatabase::wentAway);
        return away
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
