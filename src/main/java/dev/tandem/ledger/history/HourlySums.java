package dev.tandem.ledger.history;

import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** What happened in each hour, summed once the hour is over: a look back over a year reads no line of the journal. */
public final class HourlySums {
    /**
     * What happened of one kind in one stretch of time.
     *
     * @param at when it began
     * @param delaySeconds over all lines: from when each effect was first known to be owed until it had arrived
     */
    public record Sum(Instant at, String flow, String event, long lines, long delaySeconds) {}

    /** A transaction that began within the hour may commit its line a little later. */
    private static final Duration LATE_LINES = Duration.ofMinutes(10);

    /** What is older is not looked for. */
    private static final Duration LONGEST_DELAY = Duration.ofDays(60);

    private static final int MOST_HOURS_AT_ONCE = 24;
    private static final String ARRIVED = "confirmed";

    private final Store store;
    private volatile Instant summedUpTo = Instant.EPOCH;

    public HourlySums(Store store) {
        this.store = store;
    }

    /** Sums the hours that are over. To be asked again and again; costs nothing while there is none. */
    public void sumUp() {
        Instant end = store.now().minus(LATE_LINES).truncatedTo(ChronoUnit.HOURS);
        for (int hours = 0; hours < MOST_HOURS_AT_ONCE && summedUpTo.isBefore(end); hours++) {
            Optional<Instant> next = store.read(this::next).filter(hour -> hour.isBefore(end));
            next.ifPresent(hour -> store.run(handle -> sumUp(handle, hour)));
            summedUpTo = next.map(hour -> hour.plus(1, ChronoUnit.HOURS)).orElse(end);
        }
    }

    /** The first hour with lines after those that are summed. */
    private Optional<Instant> next(Handle handle) {
        Instant from = handle.createQuery("select max(at) from journal_hour")
                .mapTo(Instant.class)
                .findOne()
                .map(last -> last.plus(1, ChronoUnit.HOURS))
                .filter(summedUpTo::isBefore)
                .orElse(summedUpTo);
        return handle.createQuery("select min(at) from journal where at >= :from")
                .bind("from", from)
                .mapTo(Instant.class)
                .findOne()
                .map(line -> line.truncatedTo(ChronoUnit.HOURS));
    }

    private static void sumUp(Handle handle, Instant hour) {
        for (Sum sum : ofJournal(handle, hour, hour.plus(1, ChronoUnit.HOURS), Duration.ofHours(1))) {
            // Another replica may have been faster.
            Transactions.insertedOrThere(
                    handle, () -> handle.createUpdate("""
                            insert into journal_hour (at, flow, event, lines, delay_seconds)
                            values (:at, :flow, :event, :lines, :delaySeconds)
                            """).bindMethods(sum).execute());
        }
    }

    /** Hours, from the first of these moments on; of what is not summed yet from the journal itself. */
    public List<Sum> hours(Instant from) {
        return store.read(handle -> {
            List<Sum> sums = new ArrayList<>(
                    handle.createQuery("select * from journal_hour where at >= :from order by at, flow, event")
                            .bind("from", from)
                            .map(ConstructorMapper.of(Sum.class))
                            .list());
            Instant summed =
                    sums.isEmpty() ? from : sums.get(sums.size() - 1).at().plus(1, ChronoUnit.HOURS);
            sums.addAll(ofJournal(handle, summed, Instant.MAX, Duration.ofHours(1)));
            return sums;
        });
    }

    /** Shorter stretches of the recent past, from the journal itself. */
    public List<Sum> stretches(Instant from, Duration length) {
        return store.read(handle -> ofJournal(handle, from, Instant.MAX, length));
    }

    private static List<Sum> ofJournal(Handle handle, Instant from, Instant to, Duration length) {
        Instant end = to.equals(Instant.MAX) ? Instant.parse("9999-01-01T00:00:00Z") : to;
        Map<Place, Long> delays = delays(handle, from, end, length);
        return handle.createQuery("""
                        select stretch, flow, event, count(*) as lines
                          from (select cast(floor(extract(epoch from at)) as bigint) / cast(:seconds as bigint) as stretch, flow, event
                                  from journal where at >= :from and at < :to) known
                         group by stretch, flow, event
                         order by stretch, flow, event
                        """)
                .bind("seconds", length.toSeconds())
                .bind("from", from)
                .bind("to", end)
                .map((row, context) -> {
                    Instant at = Instant.ofEpochSecond(row.getLong("stretch") * length.toSeconds());
                    String flow = row.getString("flow");
                    String event = row.getString("event");
                    long delay = event.equals(ARRIVED) ? delays.getOrDefault(new Place(at, flow), 0L) : 0;
                    return new Sum(at, flow, event, row.getLong("lines"), delay);
                })
                .list();
    }

    private record Place(Instant at, String flow) {}

    private record Line(
            Instant at,
            String flow,
            String record,
            @ColumnName("effect_key") String key,
            String event) {}

    /** Of the effects that arrived then: the lines of their records in order, since one may be sent again and again. */
    private static Map<Place, Long> delays(Handle handle, Instant from, Instant to, Duration length) {
        Map<List<String>, Instant> since = new HashMap<>();
        Map<Place, Long> delays = new HashMap<>();
        try (Stream<Line> lines = handle
                .createQuery("""
                        select j.at, j.flow, j.record, j.effect_key, j.event
                          from (select distinct flow, record from journal
                                 where at >= :from and at < :to and event = :arrived) known
                          join journal j on j.flow = known.flow and j.record = known.record
                         where j.effect_key is not null and j.at >= :longAgo and j.at < :to
                         order by j.id
                        """)
                .bind("from", from)
                .bind("to", to)
                .bind("longAgo", from.minus(LONGEST_DELAY))
                .bind("arrived", ARRIVED)
                .map(ConstructorMapper.of(Line.class))
                .stream()) {
            lines.forEach(line -> {
                List<String> effect = List.of(line.flow(), line.record(), line.key());
                Instant begun = since.computeIfAbsent(effect, first -> line.at());
                if (line.event().equals(ARRIVED)) {
                    since.remove(effect);
                    if (!line.at().isBefore(from)) {
                        delays.merge(
                                new Place(stretch(line.at(), length), line.flow()),
                                Duration.between(begun, line.at()).toSeconds(),
                                Long::sum);
                    }
                }
            });
        }
        return delays;
    }

    private static Instant stretch(Instant at, Duration length) {
        return Instant.ofEpochSecond(Math.floorDiv(at.getEpochSecond(), length.toSeconds()) * length.toSeconds());
    }
}
