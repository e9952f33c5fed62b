package dev.tandem.database;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What a database says of a failure, wherever along its causes. */
public final class SqlState {
    private SqlState() {}

    /** The five characters of the outermost one that has any (ISO 9075), such as {@code 23505}. */
    public static Optional<String> of(Throwable failure) {
        return among(failure)
                .map(SQLException::getSQLState)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The failures of the database among the causes, the outermost first. */
    public static Stream<SQLException> among(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(SQLException.class::isInstance)
                .map(SQLException.class::cast);
    }
}
