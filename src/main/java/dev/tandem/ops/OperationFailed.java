package dev.tandem.ops;

import dev.tandem.ledger.SqlState;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A command that could not be done, for a reason that an operator understands: printed without a stack trace. */
public final class OperationFailed extends RuntimeException {
    /** Wrong usage or configuration. */
    public static final int WRONG = 2;

    /** A system or the database cannot be reached, or refused the login. */
    public static final int UNREACHABLE = 4;

    /** Connection exceptions; PostgreSQL that is stopped, crashes or cannot be connected to yet. */
    private static final List<String> WENT_AWAY = List.of("08", "57P01", "57P02", "57P03");

    private final int exitCode;

    /**
     * Says why.
     *
     * @param lines what happened and what to do; no secrets, no personal data
     */
    public OperationFailed(int exitCode, List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = exitCode;
    }

    /**
     * What cannot be used as it lies there.
     *
     * @param what in a sentence, such as {@code The mappings cannot be used:}
     * @param faults each with file, line and what to do
     */
    static OperationFailed unusable(String what, List<?> faults) {
        return new OperationFailed(
                WRONG,
                Stream.concat(Stream.of(what), faults.stream().map(fault -> "  " + fault))
                        .toList());
    }

    /** If a command ended because the connection to the ledger's database did: no defect, and nothing that the command can mend. */
    public static Optional<OperationFailed> ofDatabaseThatWentAway(Throwable failed) {
        boolean away = SqlState.among(failed).anyMatch(OperationFailed::wentAway);
        return away
                ? Optional.of(new OperationFailed(
                        UNREACHABLE,
                        List.of(
                                "The ledger's database went away while it was used.",
                                "Nothing is lost. See that it runs, and start again.")))
                : Optional.empty();
    }

    private static boolean wentAway(SQLException sql) {
        return sql instanceof SQLTransientConnectionException
                || (sql.getSQLState() != null && WENT_AWAY.stream().anyMatch(sql.getSQLState()::startsWith));
    }

    public int exitCode() {
        return exitCode;
    }
}
