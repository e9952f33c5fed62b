package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.ItemKey;
import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * Kinds of calls that a system fails without an answer of its own while others succeed (protocol 3, "Held by kind"): after
 * three different records the others wait, for all replicas, and every so often another one is tried.
 */
public final class HeldCalls {
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

    private final Store store;
    private volatile Instant lookedAt = Instant.MIN;

    public HeldCalls(Store store) {
        this.store = store;
    }

    /** Tries the next record of each kind that is due for one; to be asked as often as one likes. */
    public void tryAnother() {
        Instant now = store.now();
        if (lookedAt.plus(FRESH).isAfter(now) && !lookedAt.isAfter(now)) {
            return;
        }
        lookedAt = now;
        List<HeldKind> due = store.read(handle -> handle.createQuery(
                        "select * from held_call where held_since is not null and next_try_at <= :now")
                .bind("now", now)
                .map(HeldKind.MAPPER)
                .list());
        for (HeldKind kind : due) {
            if (store.in(handle -> tryAnother(handle, kind.kind(), now))) {
                store.signals().raise();
            }
        }
    }

    private boolean tryAnother(Handle handle, CallKind kind, Instant now) {
        Optional<HeldKind> held = HeldKind.locked(handle, kind)
                .filter(known -> known.held()
                        && known.nextTryAt().filter(next -> !next.isAfter(now)).isPresent());
        if (held.isEmpty()) {
            return false;
        }
        // None that may have arrived; and of the others first one that has not failed yet.
        Optional<ItemKey> next =
                handle.createQuery("""
                        select e.flow, e.record from effect e
                          left join held_call_record r on r.kind = :key and r.flow = e.flow and r.record = e.record
                         where e.state = 'waiting' and e.waiting_for = :condition
                           and (e.repeatable or e.lost_answers = 0)
                         order by case when r.record is null then 0 else 1 end, e.waiting_since, e.id
                         fetch first row only
                        """).bindMethods(kind).map(ItemKey.MAPPER).findFirst();
        next.ifPresent(one -> {
            handle.createUpdate(
                            "update held_call set trying = :trying, tries = tries + 1, next_try_at = :next where kind = :kind")
                    .bind("trying", one.flow() + ":" + one.record())
                    .bind("next", now.plus(wait(held.get().tries() + 1)))
                    .bind("kind", kind.key())
                    .execute();
            Waiters.mark(handle, one.flow(), one.record(), now);
        });
        return next.isPresent();
    }

    private Duration wait(int tries) {
        Duration wait = store.settings().lostAnswerWait().multipliedBy(1L << Math.min(tries, 16));
        return wait.compareTo(HeldKind.LONGEST_WAIT) > 0 ? HeldKind.LONGEST_WAIT : wait;
    }

    /**
     * A person lets all kinds of calls to this system go again. What was sent and may have arrived still waits until
     * another of its kind has succeeded, if there is another.
     *
     * @return what they are
     */
    public List<String> reopen(String system) {
        List<String> opened = store.in(handle -> {
            Instant now = store.now();
            List<HeldKind> kinds = handle.createQuery(
                            "select * from held_call where system = :system and was_held order by kind for update")
                    .bind("system", system)
                    .map(HeldKind.MAPPER)
                    .list();
            for (HeldKind held : kinds) {
                if (Waiters.wake(handle, List.of(held.kind().condition()), now)) {
                    HeldKind.open(handle, held.kind());
                } else {
                    HeldKind.forget(handle, held.kind(), now, store.settings().lostAnswerWait());
                }
            }
            return kinds.stream().map(HeldKind::words).toList();
        });
        store.signals().raise();
        return opened;
    }

    public List<Held> all() {
        return store.read(handle -> handle.createQuery("""
                        select h.system, h.words, h.failing_since as since, h.next_try_at as next_try,
                               (select count(*) from held_call_record r where r.kind = h.kind and r.counts) as failed,
                               (select count(*) from effect e
                                 where e.state = 'waiting' and e.waiting_for = '%s' || h.kind) as waiting
                          from held_call h where h.held_since is not null order by h.kind
                        """.formatted(CallKind.CONDITION))
                .map(ConstructorMapper.of(Held.class))
                .list());
    }
}
