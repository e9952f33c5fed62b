package dev.tandem.ledger.history;

import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
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

    private static final int MOST_HOURS_AT_ONCE = 200;

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
        return handle.createQuery("""
                        select floor(extract(epoch from at) / :seconds) as stretch, flow, event, count(*) as lines,
                               coalesce(sum(extract(epoch from at) - extract(epoch from since)), 0) as delay
                          from (select l.at, l.flow, l.event,
                                       case when l.event = 'confirmed' then
                                         (select min(f.at) from journal f
                                           where f.flow = l.flow and f.record = l.record and f.effect_key = l.effect_key
                                             and f.id <= l.id
                                             and f.id > coalesce((select max(p.id) from journal p
                                                  where p.flow = l.flow and p.record = l.record and p.effect_key = l.effect_key
                                                    and p.event = 'confirmed' and p.id < l.id), 0))
                                       end as since
                                  from journal l where l.at >= :from and l.at < :to) known
                         group by floor(extract(epoch from at) / :seconds), flow, event
                         order by 1, 2, 3
                        """)
                .bind("seconds", length.toSeconds())
                .bind("from", from)
                .bind("to", to.equals(Instant.MAX) ? Instant.parse("9999-01-01T00:00:00Z") : to)
                .map((row, context) -> new Sum(
                        Instant.ofEpochSecond(row.getLong("stretch") * length.toSeconds()),
                        row.getString("flow"),
                        row.getString("event"),
                        row.getLong("lines"),
                        row.getLong("delay")))
                .list();
    }
}
