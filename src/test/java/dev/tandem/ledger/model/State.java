package dev.tandem.ledger.model;

import java.util.ArrayList;
import java.util.List;

/**
 * All that there is at one moment: what people wrote at the source, the ledger's rows, the workers' memory, the calls under way
 * and what the target shows. Tokens, generations and attempts are not numbers here but whether they are the newest: nothing
 * else is ever asked of them, and so there are finitely many states.
 *
 * @param source the newest version of the record that the first item stands for; those of the others stay as they are
 * @param cursor the newest version that a sweep has passed
 * @param event whether an event of the last change is still to come
 * @param shows what the target shows of each item, as a version
 * @param referrals how often the referral stands in the target
 */
record State(
        int source,
        int cursor,
        boolean event,
        Sweep sweep,
        int saw,
        List<Item> items,
        Lock lock,
        List<Worker> workers,
        List<Call> calls,
        List<Integer> shows,
        int referrals) {
    enum Sweep {
        NONE,
        READ,
        HALF_DONE
    }

    enum Phase {
        PENDING,
        LEASED,
        SETTLED
    }

    enum Kind {
        /** Can be repeated: the whole of what the target is to show. */
        FIELD,
        /** Cannot, and nothing at the target tells whether it has arrived. */
        REFERRAL
    }

    enum EffectStatus {
        NONE,
        OWED,
        INTENDED,
        UNKNOWN,
        CONFIRMED,
        PARKED
    }

    enum At {
        IDLE,
        CLAIMED,
        LOCKED,
        READ,
        COMPARED,
        INTENDED,
        SENT,
        DONE,
        LOST,
        NOT_SENT,
        SETTLING
    }

    /** @param over whether the call's deadline has passed */
    record Effect(EffectStatus status, boolean over, int lostAnswers, boolean named) {
        static final Effect NEW = new Effect(EffectStatus.NONE, false, 0, false);

        Effect as(EffectStatus next) {
            return new Effect(next, false, lostAnswers, named);
        }

        Effect intended(boolean repeat) {
            return new Effect(EffectStatus.INTENDED, false, lostAnswers, named || repeat);
        }

        Effect answerLost(boolean resentOnce) {
            int lost = Math.min(lostAnswers + 1, 3);
            boolean enough = resentOnce && lost > 1;
            return new Effect(enough ? EffectStatus.PARKED : EffectStatus.UNKNOWN, false, lost, named || enough);
        }

        Effect deadlineOver() {
            return status == EffectStatus.INTENDED ? new Effect(status, true, lostAnswers, named) : this;
        }

        boolean open() {
            return status == EffectStatus.OWED || status == EffectStatus.INTENDED || status == EffectStatus.UNKNOWN;
        }

        boolean callMayBeUnderWay() {
            return status == EffectStatus.INTENDED && !over;
        }
    }

    /** @param ranOut whether its lease has run out */
    record Item(
            Phase phase,
            boolean ranOut,
            boolean wantsLock,
            int fingerprint,
            boolean refers,
            Effect field,
            Effect referral) {
        Item in(Phase next) {
            return new Item(next, false, false, fingerprint, refers, field, referral);
        }

        Item wantingLock() {
            return new Item(Phase.PENDING, false, true, fingerprint, refers, field, referral);
        }

        Item lockFree() {
            return new Item(phase, ranOut, false, fingerprint, refers, field, referral);
        }

        Item leaseOver(boolean is) {
            return new Item(phase, is, wantsLock, fingerprint, refers, field, referral);
        }

        Item settled(int content) {
            return new Item(Phase.SETTLED, false, false, content, refers, field, referral);
        }

        Effect effect(Kind kind) {
            return kind == Kind.FIELD ? field : referral;
        }

        Item with(Kind kind, Effect effect) {
            return kind == Kind.FIELD
                    ? new Item(phase, ranOut, wantsLock, fingerprint, refers, effect, referral)
                    : new Item(phase, ranOut, wantsLock, fingerprint, refers, field, effect);
        }

        boolean anythingOpen() {
            return field.open() || referral.open();
        }
    }

    /** @param current whether it is held under the item's newest token; item -1: nobody holds it */
    record Lock(int item, boolean current, boolean ranOut) {
        static final Lock FREE = new Lock(-1, false, false);
    }

    /**
     * @param holds whether its token is the item's newest
     * @param newest whether the item was not marked since it was claimed
     * @param read the version that it has read at the source
     * @param compared what it has seen in the target
     * @param latest whether its attempt is the effect's newest
     * @param late whether the deadline of its call has passed
     */
    record Worker(
            At at,
            int item,
            boolean holds,
            boolean newest,
            int read,
            int compared,
            Kind kind,
            boolean latest,
            boolean late) {
        static final Worker IDLE = new Worker(At.IDLE, -1, false, false, 0, 0, Kind.FIELD, false, false);

        static Worker claimed(int item) {
            return new Worker(At.CLAIMED, item, true, true, 0, 0, Kind.FIELD, false, false);
        }

        Worker at(At next) {
            boolean called = next == At.SENT || next == At.DONE || next == At.LOST || next == At.NOT_SENT;
            return called
                    ? new Worker(next, item, holds, newest, read, compared, kind, latest, late)
                    : new Worker(next, item, holds, newest, read, compared, Kind.FIELD, false, false);
        }

        Worker reads(int version) {
            return new Worker(At.READ, item, holds, newest, version, compared, kind, latest, late);
        }

        Worker compares(int version) {
            return new Worker(At.COMPARED, item, holds, newest, read, version, Kind.FIELD, false, false);
        }

        Worker intends(Kind what) {
            return new Worker(At.INTENDED, item, holds, newest, read, read, what, true, false);
        }

        Worker tooLate() {
            return new Worker(at, item, holds, newest, read, compared, kind, latest, true);
        }

        Worker losesItem() {
            return new Worker(at, item, false, newest, read, compared, kind, latest, late);
        }

        Worker olderAttempt() {
            return new Worker(at, item, holds, newest, read, compared, kind, false, late);
        }

        Worker marked() {
            return new Worker(at, item, holds, false, read, compared, kind, latest, late);
        }
    }

    /**
     * @param owner the worker that waits for the answer; -1: it is dead
     * @param late whether it was sent after its deadline, so that none ends it
     */
    record Call(int item, Kind kind, int version, int owner, boolean arrived, boolean late) {
        Call arrives() {
            return new Call(item, kind, version, owner, true, late);
        }

        Call orphaned() {
            return new Call(item, kind, version, -1, arrived, late);
        }
    }

    /**
     * One item that owes a field and a referral, and is still to be marked; or several that are, that share one record of the
     * target and owe it a field each.
     */
    static State start(int items, int workers) {
        List<Item> all = new ArrayList<>();
        for (int i = 0; i < items; i++) {
            all.add(new Item(
                    items == 1 ? Phase.SETTLED : Phase.PENDING, false, false, 0, items == 1, Effect.NEW, Effect.NEW));
        }
        return new State(
                1,
                items == 1 ? 0 : 1,
                items == 1,
                Sweep.NONE,
                0,
                List.copyOf(all),
                Lock.FREE,
                List.copyOf(java.util.Collections.nCopies(workers, Worker.IDLE)),
                List.of(),
                List.copyOf(java.util.Collections.nCopies(items, 0)),
                0);
    }

    int newest(int item) {
        return item == 0 ? source : 1;
    }

    State with(int index, Item item) {
        return new State(
                source, cursor, event, sweep, saw, put(items, index, item), lock, workers, calls, shows, referrals);
    }

    State with(int index, Worker worker) {
        return new State(
                source, cursor, event, sweep, saw, items, lock, put(workers, index, worker), calls, shows, referrals);
    }

    State with(Lock next) {
        return new State(source, cursor, event, sweep, saw, items, next, workers, calls, shows, referrals);
    }

    State with(List<Call> next) {
        return new State(source, cursor, event, sweep, saw, items, lock, workers, next, shows, referrals);
    }

    State sweeping(Sweep next, int seen, int passed) {
        return new State(source, passed, event, next, seen, items, lock, workers, calls, shows, referrals);
    }

    State edited(int version, boolean tells) {
        return new State(version, cursor, tells, sweep, saw, items, lock, workers, calls, shows, referrals);
    }

    State showing(int item, int version) {
        return new State(
                source, cursor, event, sweep, saw, items, lock, workers, calls, put(shows, item, version), referrals);
    }

    State referred() {
        return new State(
                source, cursor, event, sweep, saw, items, lock, workers, calls, shows, Math.min(referrals + 1, 4));
    }

    static <T> List<T> put(List<T> list, int index, T element) {
        List<T> next = new ArrayList<>(list);
        next.set(index, element);
        return List.copyOf(next);
    }
}
