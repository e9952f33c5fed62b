package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.storage.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** How sources are read that are too large for one answer: by windows of their records' creation, over restarts (protocol 6). */
public final class WindowReads {
    private static final int MOST_UNREADABLE = 150;

    /**
     * Where the reading of a source stands.
     *
     * @param byWindows whether full reads go by windows
     * @param underWay the read that is not complete, if there is one
     * @param usualSeconds the size of the last window that held records, which the next read begins with; 0 if none did
     * @param unreadable the beginnings of the seconds that could not be read, of this read or the last one
     * @param changesFailed how many times in a row the changes could not be read
     * @param changesFrom from when they are asked for, if that had to be moved
     */
    public record State(
            boolean byWindows,
            Optional<UnderWay> underWay,
            long usualSeconds,
            SortedSet<Instant> unreadable,
            int changesFailed,
            Optional<Instant> changesFrom) {}

    /**
     * A read under way.
     *
     * @param began when its first window was asked for
     * @param to up to where all is read
     * @param first where the first window begins that held a record
     * @param seconds how large the next window is
     * @param spent how long its windows took so far
     */
    public record UnderWay(Instant began, Instant to, Optional<Instant> first, long seconds, Duration spent) {}

    private final Transactions transactions;

    public WindowReads(Transactions transactions) {
        this.transactions = transactions;
    }

    public State of(String source) {
        return transactions
                .read(handle -> handle.createQuery("select * from window_read where source = :source")
                        .bind("source", source)
                        .map((row, context) -> state(row))
                        .findOne())
                .orElseGet(() -> new State(false, Optional.empty(), 0, new TreeSet<>(), 0, Optional.empty()));
    }

    /** Whoever reads a source holds its sweep, so nobody else writes this meanwhile. */
    public void save(String source, State state) {
        transactions.run(handle -> {
            handle.createUpdate("delete from window_read where source = :source")
                    .bind("source", source)
                    .execute();
            handle.createUpdate("""
                            insert into window_read (source, by_windows, began_at, read_to, first_at, window_seconds,
                              usual_seconds, spent_millis, unreadable, changes_failed, changes_from)
                            values (:source, :byWindows, :began, :to, :first, :seconds, :usual, :spent, :unreadable,
                              :failed, :from)
                            """)
                    .bind("source", source)
                    .bind("byWindows", state.byWindows())
                    .bind("began", state.underWay().map(UnderWay::began).orElse(null))
                    .bind("to", state.underWay().map(UnderWay::to).orElse(null))
                    .bind("first", state.underWay().flatMap(UnderWay::first).orElse(null))
                    .bind("seconds", state.underWay().map(UnderWay::seconds).orElse(0L))
                    .bind("usual", state.usualSeconds())
                    .bind(
                            "spent",
                            state.underWay().map(way -> way.spent().toMillis()).orElse(0L))
                    .bind(
                            "unreadable",
                            state.unreadable().stream()
                                    .limit(MOST_UNREADABLE)
                                    .map(Instant::toString)
                                    .collect(Collectors.joining(" ")))
                    .bind("failed", state.changesFailed())
                    .bind("from", state.changesFrom().orElse(null))
                    .execute();
        });
    }

    private static State state(ResultSet row) throws SQLException {
        Optional<Instant> to = instant(row, "read_to");
        Optional<Instant> began = instant(row, "began_at");
        Optional<Instant> first = instant(row, "first_at");
        long seconds = row.getLong("window_seconds");
        Duration spent = Duration.ofMillis(row.getLong("spent_millis"));
        return new State(
                row.getBoolean("by_windows"),
                to.map(reached -> new UnderWay(began.orElse(reached), reached, first, seconds, spent)),
                row.getLong("usual_seconds"),
                Arrays.stream(row.getString("unreadable").split(" "))
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse)
                        .collect(Collectors.toCollection(TreeSet::new)),
                row.getInt("changes_failed"),
                instant(row, "changes_from"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
