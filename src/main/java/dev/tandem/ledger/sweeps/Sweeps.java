package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;

/** How far each source has been read, and who is reading it now (protocol 6). */
public final class Sweeps {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    /** By how much a replica's clock may be ahead of the ledger's, and its schedule still counts. */
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(1);

    private final Store store;
    private final SweepLeases leases;
    /** Why the last one of a source ended early here, while none is complete since. */
    private final Map<String, String> endedEarly = new ConcurrentHashMap<>();

    public Sweeps(Store store) {
        this.store = store;
        this.leases = new SweepLeases(store.clock(), this::renew);
    }

    /**
     * Begins a sweep, or not if another one of this source is under way anywhere.
     *
     * @param silence how long it may go without a sign of life
     * @param full whether it is asked to be full; the first one of a ledger always is
     * @param due the moment of its schedule, if it is begun for one, of which every replica tells by its own clock: only the first
     *     begins a sweep. A moment that is more than a minute ahead has not come yet; the schedule is asked again by the ledger's
     *     clock
     */
    public Optional<Sweep> begin(String source, Duration silence, boolean full, Optional<Instant> due) {
        return kept(silence, store.in(handle -> {
            SweepCursor cursor = locked(handle, source);
            if (due.filter(moment -> moment.isAfter(store.now().plus(CLOCKS_DIFFER)) || cursor.serves(moment, full))
                    .isPresent()) {
                return Optional.empty();
            }
            if (cursor.underWay()) {
                if (full) {
                    // A full sweep that was due while another one ran is not forgotten: the next one is full.
                    handle.createUpdate("update sweep set full_wanted = true where source = :source")
                            .bind("source", source)
                            .execute();
                }
                return Optional.empty();
            }
            return Optional.of(begin(handle, cursor, full, due));
        }));
    }

    /** The next sweep of the source reads everything, and is due at once. */
    public void wantFull(String source) {
        store.run(handle -> {
            locked(handle, source);
            handle.createUpdate("""
                            update sweep set full_wanted = true, owed_since = coalesce(owed_since, :now), again_at = null
                             where source = :source
                            """)
                    .bind("now", store.now())
                    .bind("source", source)
                    .execute();
        });
    }

    /** Begins one that was cut short again, if it still is to be, here or anywhere. */
    public Optional<Sweep> beginOwed(String source, Duration silence) {
        return kept(silence, store.in(handle -> {
            SweepCursor cursor = locked(handle, source);
            return cursor.owed()
                    .filter(owed -> !cursor.underWay() && owed.due(store.now()))
                    .map(owed -> begin(handle, cursor, owed.full(), Optional.empty()));
        }));
    }

    private Optional<Sweep> kept(Duration silence, Optional<Sweep> begun) {
        begun.ifPresent(sweep -> leases.keep(sweep, silence));
        return begun;
    }

    private SweepCursor locked(Handle handle, String source) {
        Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into sweep (source, token, full_sweeps, full_wanted) values (:source, 0, 0, false)")
                .bind("source", source)
                .execute());
        return cursor(handle, source, " for update").orElseThrow();
    }

    private Sweep begin(Handle handle, SweepCursor cursor, boolean full, Optional<Instant> due) {
        Instant now = store.now();
        // Never before its moment, or a replica whose clock is behind would begin that moment's sweep again.
        Instant began = due.filter(moment -> moment.isAfter(now)).orElse(now);
        boolean wanted = cursor.owed().filter(OwedSweep::full).isPresent();
        boolean isFull = full || wanted || cursor.fullSweeps() == 0;
        // Until it is complete: if it ends early, or its process does, it is owed, and as full as this one. The
        // lease of one that has died has run out, and was not given back.
        handle.createUpdate("""
                        update sweep set token = token + 1, leased_until = :until, last_began_at = :began,
                               full_wanted = :full, owed_since = coalesce(owed_since, :now), again_at = null,
                               cut_short = cut_short + case when leased_until is null then 0 else 1 end
                         where source = :source
                        """)
                .bind("full", isFull)
                .bind("until", now.plus(SweepLeases.LEASE))
                .bind("began", began)
                .bind("now", now)
                .bind("source", cursor.source())
                .execute();
        long token = handle.createQuery("select token from sweep where source = :source")
                .bind("source", cursor.source())
                .mapTo(Long.class)
                .one();
        return new Sweep(cursor.source(), token, isFull, now, cursor.lastCompleteBegan(), cursor.watermark());
    }

    /**
     * Says that the sweep is alive; ends it with an exception if another one took over.
     *
     * @param silence how long it may go without the next sign of life
     */
    public void alive(Sweep sweep, Duration silence) {
        leases.signOfLife(sweep, silence);
        renew(sweep);
    }

    private void renew(Sweep sweep) {
        store.run(handle -> {
            int updated = handle.createUpdate(
                            "update sweep set leased_until = :until where source = :source and token = :token")
                    .bind("until", store.now().plus(SweepLeases.LEASE))
                    .bindMethods(sweep)
                    .execute();
            if (updated == 0) {
                throw new LostLease("the sweep of", sweep.source());
            }
        });
    }

    /**
     * Every record of it is marked: the cursor moves, and only upwards. A full one checks once more all that waits, and parks
     * what it was to show and, the second time, did not.
     *
     * @param holders of whom it has shown records; empty if the source does not tell
     * @param inWindows whether it went by windows of creation, which do not show all of a record
     * @return what was owed until now
     */
    public Optional<OwedSweep> complete(
            Sweep sweep, Optional<String> watermark, Set<String> holders, boolean inWindows) {
        Optional<OwedSweep> before = store.in(handle -> {
            Instant now = store.now();
            SweepCursor cursor = cursor(handle, sweep.source(), " for update").orElseThrow();
            String highest = java.util.stream.Stream.concat(
                            cursor.watermark().stream(),
                            // What is longer is no time of change.
                            watermark.filter(mark -> mark.length() <= Storable.CODE).stream())
                    .max(String::compareTo)
                    .orElse(null);
            int updated = handle.createUpdate("""
                            update sweep set leased_until = null, watermark = :watermark,
                                   last_complete_began_at = greatest(coalesce(last_complete_began_at, :began), :began),
                                   last_complete_at = :now,
                                   last_full_began_at = case when :full then last_began_at else last_full_began_at end,
                                   last_full_at = case when :full then :now else last_full_at end,
                                   first_full_at = case when :full then coalesce(first_full_at, :now) else first_full_at end,
                                   full_wanted = case when :full then false else full_wanted end,
                                   owed_since = case when full_wanted and not :full then owed_since end,
                                   cut_short = 0, cut_short_by = null, again_at = null,
                                   full_sweeps = full_sweeps + case when :full then 1 else 0 end
                             where source = :source and token = :token
                            """)
                    .bind("watermark", highest)
                    .bind("began", sweep.beganAt())
                    .bind("now", now)
                    .bind("full", sweep.full())
                    .bindMethods(sweep)
                    .execute();
            if (updated == 0) {
                throw new LostLease("the sweep of", sweep.source());
            }
            SweepRequests.swept(handle, sweep, now);
            if (!holders.isEmpty()) {
                Holders.shown(handle, sweep, holders, now);
            }
            if (sweep.full()) {
                Waiters.parkUnshown(
                        handle,
                        sweep.source(),
                        sweep.beganAt(),
                        effect -> !inWindows || wouldBeShownInWindow(handle, effect),
                        now);
                Waiters.wakeAll(handle, now);
                Waiters.lookAgainAtParked(handle, "%-to-" + sweep.source(), now);
            }
            return cursor.owed();
        });
        leases.ended(sweep);
        endedEarly.remove(sweep.source());
        store.signals().raise();
        return before;
    }

    /**
     * The sweep ends without having read everything: the cursor stays where it is, and it is begun again.
     *
     * @param why as a code
     * @param words the same for people; no personal data
     * @return whether that is news: it is the first in a row, or this process has not told of one that ended like that
     */
    public boolean abandon(Sweep sweep, String why, String words) {
        boolean told = why.equals(endedEarly.put(sweep.source(), why));
        AtomicBoolean first = new AtomicBoolean();
        leases.giveBack(sweep, () -> first.set(store.in(handle -> abandon(handle, sweep, why, words)) == 1));
        return first.get() || !told;
    }

    /** Its process has done with it: one that was neither completed nor abandoned was cut short. */
    public void over(Sweep sweep) {
        if (leases.keeps(sweep)) {
            abandon(sweep, "unexpected", "it did not come to its last step");
        }
    }

    /** @return how many have ended early in a row */
    private int abandon(Handle handle, Sweep sweep, String why, String words) {
        SweepCursor cursor = cursor(handle, sweep.source(), " for update").orElseThrow();
        int cutShort = cursor.owed().map(OwedSweep::cutShort).orElse(0) + 1;
        Instant now = store.now();
        handle.createUpdate("""
                        update sweep set leased_until = null, cut_short = :times, cut_short_by = :why, again_at = :again,
                               failed_at = :now, failed_for = :words, failed_after_millis = :millis
                         where source = :source and token = :token
                        """)
                .bind("times", cutShort)
                .bind("why", Storable.words(why, Storable.CODE))
                .bind("again", now.plus(store.settings().backoff(cutShort, LONGEST_PAUSE)))
                .bind("now", now)
                .bind("words", Storable.words(words, Storable.WORDS))
                .bind("millis", Duration.between(sweep.beganAt(), now).toMillis())
                .bindMethods(sweep)
                .execute();
        return cutShort;
    }

    /**
     * The sweep was answered with nothing at all, which proves nothing and moves no cursor; what events named is then looked
     * for by a full one. It is not begun again before its next moment.
     */
    public void nothingRead(Sweep sweep) {
        store.run(handle -> {
            SweepRequests.swept(handle, sweep, store.now());
            handle.createUpdate("""
                            update sweep set leased_until = null, cut_short = 0, cut_short_by = null, again_at = null,
                                   owed_since = case when full_wanted then owed_since end
                             where source = :source and token = :token
                            """).bindMethods(sweep).execute();
        });
        leases.ended(sweep);
        store.signals().raise();
    }

    /** Whether a complete full sweep has shown that the source has no record, and no complete one has shown one since. */
    public boolean provenEmpty(String source) {
        return cursors().stream()
                .anyMatch(cursor -> cursor.source().equals(source)
                        && cursor.fullSweeps() > 0
                        && cursor.watermark().isEmpty());
    }

    public List<SweepCursor> cursors() {
        return store.read(handle -> handle.createQuery("select * from sweep order by source")
                .map((row, context) -> SweepCursor.of(row, store.now()))
                .list());
    }

    /** A window shows neither the referrals of a client that is hidden there, nor more than that there is the client. */
    private static boolean wouldBeShownInWindow(Handle handle, Effect effect) {
        String condition = effect.waitingFor();
        if (condition.startsWith("feed:")) {
            return !condition.substring(condition.lastIndexOf(':') + 1).chars().allMatch(Character::isDigit);
        }
        return !EntryMatches.hidden(handle, effect.flow(), effect.record());
    }

    private Optional<SweepCursor> cursor(Handle handle, String source, String lock) {
        return handle.createQuery("select * from sweep where source = :source" + lock)
                .bind("source", source)
                .map((row, context) -> SweepCursor.of(row, store.now()))
                .findOne();
    }
}
