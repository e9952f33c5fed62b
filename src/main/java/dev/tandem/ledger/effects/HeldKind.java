package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.Batches;
import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * One kind of calls that a system fails without an answer of its own, as a worker's transaction sees it: whether it is held, and
 * what the outcome of a call changes (protocol 3, "Held by kind").
 */
public record HeldKind(
        String system,
        String words,
        Instant failingSince,
        Optional<Instant> heldSince,
        boolean wasHeld,
        Optional<Instant> nextTryAt,
        int tries,
        String trying) {
    static final RowMapper<HeldKind> MAPPER = ConstructorMapper.of(HeldKind.class);
    static final Duration LONGEST_WAIT = Duration.ofHours(6);
    private static final int HELD_AFTER = 3;
    private static final int GIVEN_UP_AFTER = 10;

    /**
     * Why an effect must not be sent now.
     *
     * @param until when it may be worth another look
     */
    public record Hold(Instant until, String words) {}

    CallKind kind() {
        return new CallKind(system, words);
    }

    boolean held() {
        return heldSince.isPresent();
    }

    /**
     * Why this effect must not be sent, if the others of its kind fail. Locks the kind, so that it is not opened before the
     * waiting is committed.
     */
    public static Optional<Hold> holds(
            Handle handle, CallKind kind, Effect effect, Instant now, LedgerSettings settings) {
        return locked(handle, kind)
                // The one resend of what may have arrived is for when another of the kind has succeeded.
                .filter(held -> spent(effect)
                        ? held.wasHeld()
                        : held.held() && !name(effect).equals(held.trying()))
                .map(held -> {
                    Instant soonest = now.plus(settings.lostAnswerWait());
                    Instant next = held.nextTryAt().orElse(now.plus(LONGEST_WAIT));
                    return new Hold(
                            next.isBefore(soonest) ? soonest : next,
                            held.system() + " has failed every " + held.words() + " since "
                                    + held.failingSince().truncatedTo(ChronoUnit.SECONDS)
                                    + "; held until it answers one of them itself");
                });
    }

    /** Whether it was sent and nothing can tell whether it arrived: nothing but its one resend is left to try. */
    public static boolean spent(Effect effect) {
        return effect.mayHaveArrived() && !effect.repeatable();
    }

    /** A call of this kind was answered by something else than the system, or not at all. */
    public static void failed(Handle handle, CallKind kind, Effect effect, Instant now, LedgerSettings settings) {
        Transactions.insertedOrThere(handle, () -> handle.createUpdate("""
                        insert into held_call (kind, system, words, failing_since, was_held, tries)
                        values (:key, :system, :words, :now, false, 0)
                        """)
                .bindMethods(kind)
                .bind("now", now)
                .execute());
        HeldKind held = locked(handle, kind).orElseThrow();
        Batches.upsert(
                handle,
                List.of(effect),
                "update held_call_record set counts = true where kind = :kind and flow = :flow and record = :record",
                "insert into held_call_record (kind, flow, record, counts) values (:kind, :flow, :record, true)",
                (batch, one) -> batch.bindMethods(one).bind("kind", kind.key()));
        int failed = handle.createQuery("select count(*) from held_call_record where kind = :kind and counts")
                .bind("kind", kind.key())
                .mapTo(Integer.class)
                .one();
        boolean begins = !held.held() && failed >= HELD_AFTER;
        Optional<Instant> next = failed >= GIVEN_UP_AFTER
                ? Optional.empty()
                : begins ? Optional.of(now.plus(settings.lostAnswerWait())) : held.nextTryAt();
        handle.createUpdate("""
                        update held_call set failing_since = :failingSince, was_held = was_held or :begins,
                               held_since = case when :begins then :now else held_since end, next_try_at = :next,
                               trying = case when trying = :name then null else trying end
                         where kind = :kind
                        """)
                .bind("failingSince", failed == 1 && !held.held() ? now : held.failingSince())
                .bind("begins", begins)
                .bind("now", now)
                .bind("next", next.orElse(null))
                .bind("name", name(effect))
                .bind("kind", kind.key())
                .execute();
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

    static void open(Handle handle, CallKind kind) {
        handle.createUpdate("""
                        update held_call set held_since = null, next_try_at = null, tries = 0, trying = null
                         where kind = :kind
                        """).bind("kind", kind.key()).execute();
        handle.createUpdate("update held_call_record set counts = false where kind = :kind")
                .bind("kind", kind.key())
                .execute();
    }

    /** Nothing is remembered of the kind, and what failed of it is looked at once more. */
    static void forget(Handle handle, CallKind kind, Instant now, Duration lostAnswerWait) {
        List<ItemKey> failed = handle.createQuery("select flow, record from held_call_record where kind = :kind")
                .bind("kind", kind.key())
                .map(ItemKey.MAPPER)
                .list();
        for (ItemKey one : failed) {
            int sentAndUnknown = handle.createUpdate("""
                            update effect set next_at = :now
                             where flow = :flow and record = :record and state = 'unknown' and not repeatable
                               and next_at > :now and sent_at <= :longAgo
                            """)
                    .bindMethods(one)
                    .bind("now", now)
                    .bind("longAgo", now.minus(lostAnswerWait))
                    .execute();
            if (sentAndUnknown > 0) {
                Waiters.mark(handle, one.flow(), one.record(), now);
            }
        }
        for (String table : List.of("held_call_record", "held_call")) {
            handle.createUpdate("delete from <table> where kind = :kind")
                    .define("table", table)
                    .bind("kind", kind.key())
                    .execute();
        }
    }

    static Optional<HeldKind> locked(Handle handle, CallKind kind) {
        return handle.createQuery("select * from held_call where kind = :kind for update")
                .bind("kind", kind.key())
                .map(MAPPER)
                .findOne();
    }

    private static String name(Effect effect) {
        return effect.flow() + ":" + effect.record();
    }
}
