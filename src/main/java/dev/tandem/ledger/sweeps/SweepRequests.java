package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Sweeps that events asked for, at a source that cannot be asked for one record (protocol 6). What an event names is kept
 * until an incremental sweep that began later has found it changed, or a full one has read everything; so a request survives
 * whoever took it, and a thousand events on the same records are one request.
 */
public final class SweepRequests {
    /** A sweep that is due; full if what is named was not found changed by an incremental one. */
    public record Due(boolean full) {}

    /** What waits for a name to be read: {@code wanted:<source>:<name>}. */
    public static final String CONDITION = "wanted:";

    private final Store store;
    private final Signals signals = new Signals();

    public SweepRequests(Store store) {
        this.store = store;
    }

    /**
     * Asks, in one transaction, that these be looked for.
     *
     * @param event the event's own id
     * @return false if an event of that id was taken before: nothing is written then
     */
    public boolean request(String source, String event, Collection<String> names) {
        boolean first = store.in(handle -> {
            Instant now = store.now();
            boolean unseen = Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                            "insert into seen_event (source, event, seen_at) values (:source, :event, :now)")
                    .bind("source", source)
                    .bind("event", Storable.identity(event, Storable.NAME))
                    .bind("now", now)
                    .execute());
            if (unseen) {
                request(handle, source, names, now);
            }
            return unseen;
        });
        if (first) {
            signals.raise();
        }
        return first;
    }

    private static void request(Handle handle, String source, Collection<String> names, Instant now) {
        // In one order, so that two events on the same records do not wait for each other.
        List<String> sorted = names.stream()
                .map(name -> Storable.identity(name, Storable.NAME))
                .distinct()
                .sorted()
                .toList();
        Batches.upsert(handle, sorted, """
                update wanted set asked_at = :now, found = false, full_only = false where source = :source and name = :name
                """, """
                insert into wanted (source, name, asked_at, found, full_only) values (:source, :name, :now, false, false)
                """, (batch, name) -> batch.bind("source", source)
                .bind("name", name)
                .bind("now", now));
    }

    /**
     * Which sweep of the source is due because of events; none while one is under way.
     *
     * @param fullPause the least time between the beginnings of full ones
     */
    public Optional<Due> due(String source, Duration fullPause) {
        record Named(long named, long fullOnly, Optional<Instant> leasedUntil, Optional<Instant> lastFullBeganAt) {}
        return store.read(handle -> {
            Instant now = store.now();
            Named found = handle.createQuery("""
                            select count(*) as named, coalesce(sum(case when full_only then 1 else 0 end), 0) as full_only,
                                   max(s.leased_until) as leased_until, max(s.last_full_began_at) as last_full_began_at
                              from wanted w left join sweep s on s.source = w.source where w.source = :source
                            """)
                    .bind("source", source)
                    .map(ConstructorMapper.of(Named.class))
                    .one();
            boolean underWay =
                    found.leasedUntil().filter(until -> until.isAfter(now)).isPresent();
            boolean full = found.fullOnly() > 0
                    && found.lastFullBeganAt()
                            .filter(began -> began.plus(fullPause).isAfter(now))
                            .isEmpty();
            return underWay || (!full && found.named() == found.fullOnly())
                    ? Optional.empty()
                    : Optional.of(new Due(full));
        });
    }

    /** How many names still wait for a sweep of the source. */
    public long open(String source) {
        return store.read(handle -> handle.createQuery("select count(*) from wanted where source = :source")
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
        List<Mark> named = marked.stream()
                .filter(mark -> !mark.hidden()
                        && mark.number().filter(number -> !number.isBlank()).isPresent())
                .toList();
        Batches.run(handle, named, """
                update wanted set found = true where source = :source and name = :name and asked_at <= :requested and not found
                """, (batch, mark) -> batch.bind("source", Flow.source(flow))
                .bind("name", mark.number())
                .bind("requested", mark.requestedAt()));
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
        Set<String> over = new TreeSet<>(Waiters.conditions(handle, prefix));
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
