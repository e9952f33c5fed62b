package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.RowView;

/**
 * Kinds of calls that a system fails without an answer of its own while others succeed (protocol 3, "Held by kind"): after
 * three different records the others wait, for all replicas, and every so often another one is tried.
 */
public final class HeldCalls {
    static final String CONDITION = "held:";
    private static final int HELD_AFTER = 3;
    private static final int GIVEN_UP_AFTER = 10;
    private static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final Duration FRESH = Duration.ofSeconds(2);

    /**
     * A kind that is held.
     *
     * @param failed how many different records failed in a row
     * @param waiting how many effects wait for it
     * @param nextTry when another one is tried; none if only a person opens it
     */
    public record Held(
            String system, String words, Instant since, int failed, long waiting, Optional<Instant> nextTry) {}

    /**
     * Why an effect must not be sent now.
     *
     * @param until when it may be worth another look
     */
    public record Hold(Instant until, String words) {}

    /** What the ledger knows of one kind. */
    private record Row(
            CallKind kind,
            Instant since,
            boolean held,
            boolean wasHeld,
            Optional<Instant> nextTry,
            int tries,
            String trying) {}

    private final Transactions transactions;
    private final LedgerClock clock;
    private final Signals signals;
    private final LedgerSettings settings;
    private volatile Instant lookedAt = Instant.MIN;

    public HeldCalls(Transactions transactions, LedgerClock clock, Signals signals, LedgerSettings settings) {
        this.transactions = transactions;
        this.clock = clock;
        this.signals = signals;
        this.settings = settings;
    }

    /**
     * Why this effect must not be sent, if the others of its kind fail. Locks the kind, so that it is not opened before the
     * waiting is committed.
     */
    public static Optional<Hold> holds(
            Handle handle, CallKind kind, Effect effect, Instant now, LedgerSettings settings) {
        return locked(handle, kind)
                // The one resend of what may have arrived is for when another of the kind has succeeded.
                .filter(row -> spent(effect)
                        ? row.wasHeld()
                        : row.held() && !mine(effect).equals(row.trying()))
                .map(row -> {
                    Instant soonest = now.plus(settings.lostAnswerWait());
                    Instant next = row.nextTry().orElse(now.plus(LONGEST_WAIT));
                    return new Hold(next.isBefore(soonest) ? soonest : next, words(row));
                });
    }

    /** Whether it was sent and nothing can tell whether it arrived: nothing but its one resend is left to try. */
    public static boolean spent(Effect effect) {
        return effect.mayHaveArrived() && !effect.repeatable();
    }

    private static String words(Row row) {
        return row.kind().system() + " has failed every " + row.kind().words() + " since "
                + row.since().truncatedTo(ChronoUnit.SECONDS) + "; held until it answers one of them itself";
    }

    /** A call of this kind was answered by something else than the system, or not at all. */
    public static void failed(Handle handle, CallKind kind, Effect effect, Instant now, LedgerSettings settings) {
        Transactions.insertedOrThere(handle, () -> handle.createUpdate("""
                        insert into held_call (kind, system, words, failing_since, was_held, tries)
                        values (:kind, :system, :words, :now, false, 0)
                        """)
                .bind("kind", kind.key())
                .bind("system", kind.system())
                .bind("words", kind.words())
                .bind("now", now)
                .execute());
        Row row = locked(handle, kind).orElseThrow();
        count(handle, kind, effect);
        int failed = handle.createQuery("select count(*) from held_call_record where kind = :kind and counts")
                .bind("kind", kind.key())
                .mapTo(Integer.class)
                .one();
        if (failed == 1 && !row.held()) {
            handle.createUpdate("update held_call set failing_since = :now where kind = :kind")
                    .bind("now", now)
                    .bind("kind", kind.key())
                    .execute();
        }
        boolean begins = !row.held() && failed >= HELD_AFTER;
        Optional<Instant> next = failed >= GIVEN_UP_AFTER
                ? Optional.empty()
                : begins ? Optional.of(now.plus(settings.lostAnswerWait())) : row.nextTry();
        handle.createUpdate("""
                        update held_call set held_since = case when :begins then :now else held_since end,
                               was_held = was_held or :begins, next_try_at = :next,
                               trying = case when trying = :mine then null else trying end
                         where kind = :kind
                        """)
                .bind("begins", begins)
                .bind("now", now)
                .bind("next", next.orElse(null))
                .bind("mine", mine(effect))
                .bind("kind", kind.key())
                .execute();
    }

    private static void count(Handle handle, CallKind kind, Effect effect) {
        int known = handle.createUpdate("""
                        update held_call_record set counts = true
                         where kind = :kind and flow = :flow and record = :record
                        """)
                .bind("kind", kind.key())
                .bind("flow", effect.flow())
                .bind("record", effect.record())
                .execute();
        if (known == 0) {
            handle.createUpdate("""
                            insert into held_call_record (kind, flow, record, counts)
                            values (:kind, :flow, :record, true)
                            """)
                    .bind("kind", kind.key())
                    .bind("flow", effect.flow())
                    .bind("record", effect.record())
                    .execute();
        }
    }

    /**
     * The system itself answered a call of this kind: the others may go. What was sent and may have arrived waits on, unless
     * the answer was a success.
     */
    public static void answered(Handle handle, CallKind kind, boolean success, Instant now, LedgerSettings settings) {
        if (locked(handle, kind).isEmpty()) {
            return;
        }
        Waiters.wake(handle, List.of(kind.condition()), now);
        if (success) {
            forget(handle, kind, now, settings.lostAnswerWait());
        } else {
            open(handle, kind);
        }
    }

    private static void open(Handle handle, CallKind kind) {
        handle.createUpdate("""
                        update held_call set held_since = null, next_try_at = null, tries = 0, trying = null
                         where kind = :kind
                        """).bind("kind", kind.key()).execute();
        handle.createUpdate("update held_call_record set counts = false where kind = :kind")
                .bind("kind", kind.key())
                .execute();
    }

    /** Nothing is remembered of the kind, and what failed of it is looked at once more. */
    private static void forget(Handle handle, CallKind kind, Instant now, Duration lostAnswerWait) {
        record Failed(String flow, String record) {}
        List<Failed> failed = handle.createQuery("select flow, record from held_call_record where kind = :kind")
                .bind("kind", kind.key())
                .map((row, context) -> new Failed(row.getString("flow"), row.getString("record")))
                .list();
        for (Failed one : failed) {
            int sentAndUnknown = handle.createUpdate("""
                            update effect set next_at = :now
                             where flow = :flow and record = :record and state = 'unknown' and not repeatable
                               and next_at > :now and sent_at <= :longAgo
                            """)
                    .bind("now", now)
                    .bind("longAgo", now.minus(lostAnswerWait))
                    .bind("flow", one.flow())
                    .bind("record", one.record())
                    .execute();
            if (sentAndUnknown > 0) {
                Waiters.mark(handle, one.flow(), one.record(), now);
            }
        }
        handle.createUpdate("delete from held_call_record where kind = :kind")
                .bind("kind", kind.key())
                .execute();
        handle.createUpdate("delete from held_call where kind = :kind")
                .bind("kind", kind.key())
                .execute();
    }

    /** Gives the next record its turn, of each kind of which one is due; to be asked as often as one likes. */
    public void tryAnother() {
        Instant now = clock.now();
        if (lookedAt.plus(FRESH).isAfter(now) && !lookedAt.isAfter(now)) {
            return;
        }
        lookedAt = now;
        List<CallKind> due = transactions.read(handle -> handle.createQuery(
                        "select * from held_call where held_since is not null and next_try_at <= :now")
                .bind("now", now)
                .map((RowView row) -> row(row).kind())
                .list());
        for (CallKind kind : due) {
            if (transactions.in(handle -> giveTurn(handle, kind, now))) {
                signals.raise();
            }
        }
    }

    private boolean giveTurn(Handle handle, CallKind kind, Instant now) {
        Optional<Row> row = locked(handle, kind)
                .filter(known -> known.held()
                        && known.nextTry().filter(next -> !next.isAfter(now)).isPresent());
        if (row.isEmpty()) {
            return false;
        }
        record Next(String flow, String record) {}
        // None that may have arrived; and of the others first one that has not failed yet.
        Optional<Next> next = handle.createQuery("""
                        select e.flow, e.record from effect e
                          left join held_call_record r on r.kind = :kind and r.flow = e.flow and r.record = e.record
                         where e.state = 'waiting' and e.waiting_for = :condition
                           and (e.repeatable or e.lost_answers = 0)
                         order by case when r.record is null then 0 else 1 end, e.waiting_since, e.id
                         fetch first row only
                        """)
                .bind("kind", kind.key())
                .bind("condition", kind.condition())
                .map((found, context) -> new Next(found.getString("flow"), found.getString("record")))
                .findFirst();
        next.ifPresent(one -> {
            handle.createUpdate(
                            "update held_call set trying = :trying, tries = tries + 1, next_try_at = :next where kind = :kind")
                    .bind("trying", one.flow() + ":" + one.record())
                    .bind("next", now.plus(wait(row.get().tries() + 1)))
                    .bind("kind", kind.key())
                    .execute();
            Waiters.mark(handle, one.flow(), one.record(), now);
        });
        return next.isPresent();
    }

    private Duration wait(int tries) {
        Duration wait = settings.lostAnswerWait().multipliedBy(1L << Math.min(tries, 16));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    /**
     * On a person's word, all kinds of calls to this system go again. What was sent and may have arrived still waits until
     * another of its kind has succeeded, if there is another.
     *
     * @return what they are
     */
    public List<String> reopen(String system) {
        List<String> opened = transactions.in(handle -> {
            Instant now = clock.now();
            List<Row> rows = handle.createQuery(
                            "select * from held_call where system = :system and was_held order by kind for update")
                    .bind("system", system)
                    .map((RowView row) -> row(row))
                    .list();
            for (Row row : rows) {
                if (Waiters.wake(handle, List.of(row.kind().condition()), now)) {
                    open(handle, row.kind());
                } else {
                    forget(handle, row.kind(), now, settings.lostAnswerWait());
                }
            }
            return rows.stream().map(row -> row.kind().words()).toList();
        });
        signals.raise();
        return opened;
    }

    public List<Held> all() {
        return transactions.read(handle -> handle.createQuery("""
                        select h.*,
                               (select count(*) from held_call_record r where r.kind = h.kind and r.counts) as failed,
                               (select count(*) from effect e
                                 where e.state = 'waiting' and e.waiting_for = '%s' || h.kind) as waiting
                          from held_call h where h.held_since is not null order by h.kind
                        """.formatted(CONDITION))
                .map((RowView row) -> new Held(
                        row.getColumn("system", String.class),
                        row.getColumn("words", String.class),
                        row(row).since(),
                        row.getColumn("failed", Integer.class),
                        row.getColumn("waiting", Long.class),
                        row(row).nextTry()))
                .list());
    }

    private static Optional<Row> locked(Handle handle, CallKind kind) {
        return handle.createQuery("select * from held_call where kind = :kind for update")
                .bind("kind", kind.key())
                .map((RowView row) -> row(row))
                .findOne();
    }

    private static Row row(RowView row) {
        return new Row(
                new CallKind(row.getColumn("system", String.class), row.getColumn("words", String.class)),
                row.getColumn("failing_since", OffsetDateTime.class).toInstant(),
                row.getColumn("held_since", OffsetDateTime.class) != null,
                row.getColumn("was_held", Boolean.class),
                Optional.ofNullable(row.getColumn("next_try_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                row.getColumn("tries", Integer.class),
                row.getColumn("trying", String.class));
    }

    private static String mine(Effect effect) {
        return effect.flow() + ":" + effect.record();
    }
}
