package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Sweeps that events asked for, at a source that cannot be asked for one record (protocol 6). What an event names is kept
 * until an incremental sweep that began later has found it changed, or a full one has read everything; so a request survives
 * whoever took it, and a thousand events on the same records are one request.
 */
public final class WantedSweeps {
    /** A sweep that is due; full if what is named was not found changed by an incremental one. */
    public record Wanted(boolean full) {}

    /** What waits for a name to be read: {@code wanted:<source>:<name>}. */
    public static final String CONDITION = "wanted:";

    private final Transactions transactions;
    private final LedgerClock clock;
    private final Signals signals = new Signals();

    public WantedSweeps(Transactions transactions, LedgerClock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Asks, in one transaction, that these be looked for.
     *
     * @param event the event's own id
     * @return false if an event of that id was taken before: nothing is written then
     */
    public boolean want(String source, String event, Collection<String> names) {
        boolean first = transactions.in(handle -> {
            Instant now = clock.now();
            boolean unseen = Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                            "insert into seen_event (source, event, seen_at) values (:source, :event, :now)")
                    .bind("source", source)
                    .bind("event", Storable.identity(event, Storable.NAME))
                    .bind("now", now)
                    .execute());
            if (unseen) {
                want(handle, source, names, now);
            }
            return unseen;
        });
        if (first) {
            signals.raise();
        }
        return first;
    }

    private static void want(Handle handle, String source, Collection<String> names, Instant now) {
        // In one order, so that two events on the same records do not wait for each other.
        List<String> sorted = names.stream()
                .map(name -> Storable.identity(name, Storable.NAME))
                .distinct()
                .sorted()
                .toList();
        List<String> fresh = new ArrayList<>();
        PreparedBatch again = handle.prepareBatch("""
                update wanted set asked_at = :now, found = false, full_only = false where source = :source and name = :name
                """);
        sorted.forEach(name ->
                again.bind("now", now).bind("source", source).bind("name", name).add());
        int[] known = again.execute();
        for (int i = 0; i < known.length; i++) {
            if (known[i] == 0) {
                fresh.add(sorted.get(i));
            }
        }
        if (!fresh.isEmpty() && !Transactions.insertedOrThere(handle, () -> insert(handle, source, fresh, now))) {
            // Another event named one of them first: its request is as young as this one.
            fresh.forEach(
                    name -> Transactions.insertedOrThere(handle, () -> insert(handle, source, List.of(name), now)));
        }
    }

    private static void insert(Handle handle, String source, List<String> names, Instant now) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into wanted (source, name, asked_at, found, full_only) values (:source, :name, :now, false, false)
                """);
        names.forEach(name ->
                batch.bind("source", source).bind("name", name).bind("now", now).add());
        batch.execute();
    }

    /**
     * Which sweep of the source is due because of events; none while one is under way.
     *
     * @param fullPause the least time between the beginnings of full ones
     */
    public Optional<Wanted> due(String source, Duration fullPause) {
        return transactions.read(handle -> {
            Instant now = clock.now();
            return handle.createQuery("""
                            select count(*) as named, sum(case when full_only then 1 else 0 end) as full_only,
                                   max(s.leased_until) as leased_until, max(s.last_full_began_at) as last_full_began_at
                              from wanted w left join sweep s on s.source = w.source where w.source = :source
                            """)
                    .bind("source", source)
                    .map((row, context) -> {
                        long named = row.getLong("named");
                        long inFull = row.getLong("full_only");
                        boolean underWay = at(row.getObject("leased_until", OffsetDateTime.class))
                                .filter(until -> until.isAfter(now))
                                .isPresent();
                        boolean fullMayBe = at(row.getObject("last_full_began_at", OffsetDateTime.class))
                                .filter(began -> began.plus(fullPause).isAfter(now))
                                .isEmpty();
                        boolean full = inFull > 0 && fullMayBe;
                        return underWay || (!full && named == inFull)
                                ? Optional.<Wanted>empty()
                                : Optional.of(new Wanted(full));
                    })
                    .one();
        });
    }

    private static Optional<Instant> at(OffsetDateTime time) {
        return Optional.ofNullable(time).map(OffsetDateTime::toInstant);
    }

    /** How many names still wait for a sweep of the source. */
    public long open(String source) {
        return transactions.read(handle -> handle.createQuery("select count(*) from wanted where source = :source")
                .bind("source", source)
                .mapTo(Long.class)
                .one());
    }

    /** Tells of new requests in this process. */
    public Signals signals() {
        return signals;
    }

    /** What an event named was found changed, by a sweep that began after the event. */
    public static void found(Handle handle, String flow, Collection<Mark> marked) {
        int to = flow.indexOf("-to-");
        PreparedBatch batch = handle.prepareBatch("""
                update wanted set found = true where source = :source and name = :name and asked_at <= :requested and not found
                """);
        marked.stream().filter(mark -> !mark.hidden()).forEach(mark -> mark.number()
                .filter(number -> !number.isBlank())
                .ifPresent(number -> batch.bind("source", flow.substring(0, to))
                        .bind("name", number)
                        .bind("requested", mark.requestedAt())
                        .add()));
        if (batch.size() > 0) {
            batch.execute();
        }
    }

    /** The sweep has read what it was to read: a full one answers every event before it, another one those it found. */
    static void swept(Handle handle, Sweep sweep, Instant now) {
        handle.createUpdate("""
                        delete from wanted where source = :source and asked_at <= :began and (:full or found)
                        """)
                .bind("source", sweep.source())
                .bind("began", sweep.beganAt())
                .bind("full", sweep.full())
                .execute();
        if (!sweep.full()) {
            handle.createUpdate("""
                            update wanted set full_only = true where source = :source and asked_at <= :began and not full_only
                            """)
                    .bind("source", sweep.source())
                    .bind("began", sweep.beganAt())
                    .execute();
        }
        wake(handle, sweep.source(), now);
    }

    /**
     * The first of these names that an event has named and no sweep has read since, as a condition to wait for: what is sent
     * over a linked client now would overwrite what has just changed in it. Not what only a full sweep may find.
     */
    public static Optional<String> beingLookedFor(
            Handle handle, String flow, String source, Collection<String> names, Collection<String> linked) {
        Set<String> all = new TreeSet<>(names);
        if (!linked.isEmpty()) {
            handle.createQuery("""
                            select link.number from unnest(:linked) as named (name)
                              join link on link.flow = :flow and link.record = named.name
                             where link.number is not null
                            """)
                    .bind("flow", flow)
                    .bindArray("linked", String.class, List.copyOf(linked))
                    .mapTo(String.class)
                    .forEach(all::add);
        }
        return handle
                .createQuery("""
                        select name from wanted where source = :source and not full_only and name in (<names>) order by name
                        """)
                .bind("source", source)
                .bindList("names", List.copyOf(all))
                .mapTo(String.class)
                .stream()
                .findFirst()
                .map(name -> CONDITION + source + ":" + name);
    }

    private static void wake(Handle handle, String source, Instant now) {
        String prefix = CONDITION + source + ":";
        Set<String> over = new TreeSet<>(handle.createQuery(
                        "select distinct waiting_for from effect where state = 'waiting' and waiting_for like :prefix")
                .bind("prefix", prefix + "%")
                .mapTo(String.class)
                .list());
        if (over.isEmpty()) {
            return;
        }
        handle.createQuery("select name from wanted where source = :source and not full_only")
                .bind("source", source)
                .mapTo(String.class)
                .forEach(name -> over.remove(prefix + name));
        Waiters.wake(handle, over, now);
    }
}
