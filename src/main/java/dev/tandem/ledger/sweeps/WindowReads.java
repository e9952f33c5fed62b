package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How sources are read that are too large for one answer: by windows of their records' creation, over restarts (protocol 6). */
public record WindowReads(Store store) {
    private static final int MOST_UNREADABLE = 150;

    /**
     * How far the reading of a source is.
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

    private record Row(
            boolean byWindows,
            Optional<Instant> beganAt,
            Optional<Instant> readTo,
            Optional<Instant> firstAt,
            long windowSeconds,
            long usualSeconds,
            long spentMillis,
            String unreadable,
            int changesFailed,
            Optional<Instant> changesFrom) {}

    public State of(String source) {
        return store.read(handle -> handle.createQuery("select * from window_read where source = :source")
                        .bind("source", source)
                        .map(ConstructorMapper.of(Row.class))
                        .findOne())
                .map(WindowReads::state)
                .orElseGet(() -> new State(false, Optional.empty(), 0, new TreeSet<>(), 0, Optional.empty()));
    }

    /** Whoever reads a source holds its sweep, so nobody else writes this meanwhile. */
    public void save(String source, State state) {
        store.run(handle -> {
            handle.createUpdate("delete from window_read where source = :source")
                    .bind("source", source)
                    .execute();
            handle.createUpdate("""
                            insert into window_read (source, by_windows, began_at, read_to, first_at, window_seconds,
                              usual_seconds, spent_millis, unreadable, changes_failed, changes_from)
                            values (:source, :byWindows, :began, :to, :first, :seconds, :usualSeconds, :spent, :unreadable,
                              :changesFailed, :changesFrom)
                            """)
                    .bindMethods(state)
                    .bind("source", source)
                    .bind("began", state.underWay().map(UnderWay::began))
                    .bind("to", state.underWay().map(UnderWay::to))
                    .bind("first", state.underWay().flatMap(UnderWay::first))
                    .bind("seconds", state.underWay().map(UnderWay::seconds).orElse(0L))
                    .bind(
                            "spent",
                            state.underWay().map(way -> way.spent().toMillis()).orElse(0L))
                    .bind(
                            "unreadable",
                            state.unreadable().stream()
                                    .limit(MOST_UNREADABLE)
                                    .map(Instant::toString)
                                    .collect(Collectors.joining(" ")))
                    .execute();
        });
    }

    private static State state(Row row) {
        return new State(
                row.byWindows(),
                row.readTo()
                        .map(to -> new UnderWay(
                                row.beganAt().orElse(to),
                                to,
                                row.firstAt(),
                                row.windowSeconds(),
                                Duration.ofMillis(row.spentMillis()))),
                row.usualSeconds(),
                Arrays.stream(row.unreadable().split(" "))
                        .filter(text -> !text.isEmpty())
                        .map(Instant::parse)
                        .collect(Collectors.toCollection(TreeSet::new)),
                row.changesFailed(),
                row.changesFrom());
    }
}
