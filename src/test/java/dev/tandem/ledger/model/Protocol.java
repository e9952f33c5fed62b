package dev.tandem.ledger.model;

import dev.tandem.ledger.model.State.At;
import dev.tandem.ledger.model.State.Call;
import dev.tandem.ledger.model.State.Effect;
import dev.tandem.ledger.model.State.EffectStatus;
import dev.tandem.ledger.model.State.Item;
import dev.tandem.ledger.model.State.Kind;
import dev.tandem.ledger.model.State.Lock;
import dev.tandem.ledger.model.State.Phase;
import dev.tandem.ledger.model.State.Sweep;
import dev.tandem.ledger.model.State.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can happen next (docs/develop/protocol.md, sections 1 to 7): each step is one transaction, one call's arrival or answer, or
 * one misfortune. Time is no number: a lease or a deadline may run out at any moment at which the rules let it.
 */
final class Protocol {
    private final Set<Rule> broken;
    private final int versions;

    /** @param versions how often the record is written at its source */
    Protocol(Set<Rule> broken, int versions) {
        this.broken = broken;
        this.versions = versions;
    }

    private boolean kept(Rule rule) {
        return !broken.contains(rule);
    }

    List<Step> from(State state) {
        List<Step> steps = new ArrayList<>();
        people(state, steps);
        sweep(state, steps);
        for (int i = 0; i < state.items().size(); i++) {
            leaseRunsOut(state, i, steps);
            deadlineOfTheDead(state, i, steps);
            for (int w = 0; w < state.workers().size(); w++) {
                claim(state, w, i, steps);
            }
        }
        for (int w = 0; w < state.workers().size(); w++) {
            work(state, w, steps);
            misfortunes(state, w, steps);
        }
        state.calls().forEach(call -> underWay(state, call, steps));
        return steps;
    }

    private void people(State state, List<Step> steps) {
        if (state.source() < versions) {
            steps.add(new Step("somebody edits the record", true, state.edited(state.source() + 1, true)));
        }
        if (state.event()) {
            State seen = state.edited(state.source(), false);
            steps.add(new Step("an event marks it", false, mark(seen)));
            steps.add(new Step("the event is lost", true, seen));
        }
    }

    private void sweep(State state, List<Step> steps) {
        int cursor = state.cursor();
        switch (state.sweep()) {
            case NONE -> {
                if (state.source() > cursor) {
                    steps.add(new Step("a sweep reads it", false, state.sweeping(Sweep.READ, state.source(), cursor)));
                }
            }
            case READ -> {
                if (kept(Rule.CURSOR_AFTER_MARKS)) {
                    steps.add(new Step(
                            "the sweep marks it",
                            false,
                            markUnlessDone(state).sweeping(Sweep.HALF_DONE, state.saw(), cursor)));
                } else {
                    steps.add(new Step(
                            "the cursor rises", false, state.sweeping(Sweep.HALF_DONE, state.saw(), state.saw())));
                }
            }
            case HALF_DONE -> {
                if (kept(Rule.CURSOR_AFTER_MARKS)) {
                    steps.add(new Step("the cursor rises", false, state.sweeping(Sweep.NONE, 0, state.saw())));
                } else {
                    steps.add(new Step(
                            "the sweep marks it", false, markUnlessDone(state).sweeping(Sweep.NONE, 0, cursor)));
                }
            }
        }
        if (state.sweep() != Sweep.NONE) {
            steps.add(new Step("the sweep dies", true, state.sweeping(Sweep.NONE, 0, cursor)));
        }
    }

    private static State markUnlessDone(State state) {
        Item item = state.items().get(0);
        return item.phase() == Phase.SETTLED && item.fingerprint() == state.saw() ? state : mark(state);
    }

    private static State mark(State state) {
        Item item = state.items().get(0);
        State next = item.phase() == Phase.SETTLED ? state.with(0, item.in(Phase.PENDING)) : state;
        for (int w = 0; w < next.workers().size(); w++) {
            Worker worker = next.workers().get(w);
            if (worker.item() == 0) {
                next = next.with(w, worker.marked());
            }
        }
        return next;
    }

    private void claim(State state, int w, int i, List<Step> steps) {
        Item item = state.items().get(i);
        boolean due = (item.phase() == Phase.PENDING && !(item.wantsLock() && isTaken(state, i)))
                || (item.phase() == Phase.LEASED && item.ranOut());
        boolean underWay = kept(Rule.OPEN_CALL_KEEPS_ITEM)
                && (item.field().callMayBeUnderWay() || item.referral().callMayBeUnderWay());
        if (state.workers().get(w).at() != At.IDLE || !due || underWay) {
            return;
        }
        State next = state.with(i, item.in(Phase.LEASED)).with(w, Worker.claimed(i));
        for (int other = 0; other < state.workers().size(); other++) {
            Worker worker = state.workers().get(other);
            if (other != w && worker.item() == i) {
                next = next.with(other, worker.losesItem());
            }
        }
        if (state.lock().item() == i) {
            next = next.with(new Lock(i, false, state.lock().ranOut()));
        }
        steps.add(new Step(name(w) + " claims item " + i, false, next));
    }

    private static boolean isTaken(State state, int i) {
        Lock lock = state.lock();
        return lock.item() != -1 && lock.item() != i && !lock.ranOut();
    }

    private void leaseRunsOut(State state, int i, List<Step> steps) {
        Item item = state.items().get(i);
        if (item.phase() != Phase.LEASED || item.ranOut()) {
            return;
        }
        boolean called = state.workers().stream()
                        .anyMatch(worker -> worker.item() == i
                                && worker.holds()
                                && !worker.late()
                                && (worker.at() == At.INTENDED || worker.at() == At.SENT))
                || state.calls().stream().anyMatch(call -> call.item() == i && !call.late())
                || item.field().callMayBeUnderWay()
                || item.referral().callMayBeUnderWay();
        if (kept(Rule.LEASE_COVERS_CALL) && called) {
            return;
        }
        boolean somebodyIsAtIt = state.workers().stream().anyMatch(worker -> worker.item() == i && worker.holds());
        steps.add(new Step("the lease of item " + i + " runs out", somebodyIsAtIt, ranOut(state, i)));
    }

    private static State ranOut(State state, int i) {
        State next = state.with(i, state.items().get(i).leaseOver(true));
        return state.lock().item() == i ? next.with(new Lock(i, state.lock().current(), true)) : next;
    }

    private void work(State state, int w, List<Step> steps) {
        Worker worker = state.workers().get(w);
        String name = name(w);
        switch (worker.at()) {
            case IDLE, SENT -> {}
            case CLAIMED -> steps.add(new Step(name + " asks for the lock", false, lock(state, w)));
            case LOCKED ->
                steps.add(new Step(
                        name + " reads the record", false, state.with(w, worker.reads(state.newest(worker.item())))));
            case READ ->
                steps.add(new Step(
                        name + " reads the target",
                        false,
                        state.with(w, worker.compares(state.shows().get(worker.item())))));
            case COMPARED -> steps.add(new Step(name + " decides", false, decide(state, w)));
            case INTENDED -> steps.add(send(state, w));
            case DONE -> steps.add(new Step(name + " records the success", false, confirm(state, w)));
            case LOST, NOT_SENT -> steps.add(new Step(name + " records that the call failed", false, failed(state, w)));
            case SETTLING -> steps.add(new Step(name + " settles", false, settle(state, w)));
        }
    }

    private State lock(State state, int w) {
        Worker worker = state.workers().get(w);
        int i = worker.item();
        if (!worker.holds()) {
            return state.with(w, Worker.IDLE);
        }
        if (kept(Rule.LOCK) && isTaken(state, i)) {
            return state.with(i, state.items().get(i).wantingLock()).with(w, Worker.IDLE);
        }
        return state.with(new Lock(i, true, state.items().get(i).ranOut())).with(w, worker.at(At.LOCKED));
    }

    /** The transaction goes on, with the lease renewed; or the worker finds that it has lost the item. */
    private Optional<State> fence(State state, int w) {
        Worker worker = state.workers().get(w);
        int i = worker.item();
        boolean hasLock = state.lock().item() == i && state.lock().current();
        if (!worker.holds() || (!hasLock && kept(Rule.FENCED_LOCK) && kept(Rule.LOCK))) {
            return Optional.empty();
        }
        State renewed = state.with(i, state.items().get(i).leaseOver(false));
        return Optional.of(hasLock ? renewed.with(new Lock(i, true, false)) : renewed);
    }

    private State decide(State state, int w) {
        Worker worker = state.workers().get(w);
        int i = worker.item();
        return fence(state, w)
                .map(held -> {
                    Item item = withoutOpenCalls(held.items().get(i));
                    boolean differs = kept(Rule.COMPARED_ANEW)
                            ? worker.compared() != worker.read()
                            : item.field().status() != EffectStatus.CONFIRMED;
                    if (differs) {
                        return intend(held, w, item, Kind.FIELD);
                    }
                    if (item.field().status() != EffectStatus.NONE) {
                        item = item.with(Kind.FIELD, item.field().as(EffectStatus.CONFIRMED));
                    }
                    boolean owed = item.refers()
                            && item.referral().status() != EffectStatus.CONFIRMED
                            && item.referral().status() != EffectStatus.PARKED;
                    return owed
                            ? intend(held, w, item, Kind.REFERRAL)
                            : held.with(i, item).with(w, worker.at(At.SETTLING));
                })
                .orElse(state.with(w, Worker.IDLE));
    }

    /** What a worker that is dead had intended: nobody knows what came of it. */
    private Item withoutOpenCalls(Item item) {
        Item next = item;
        for (Kind kind : Kind.values()) {
            Effect effect = item.effect(kind);
            if (effect.status() == EffectStatus.INTENDED) {
                next = next.with(
                        kind,
                        !kept(Rule.TAKEN_OVER_IN_DOUBT)
                                ? effect.as(EffectStatus.CONFIRMED)
                                : kind == Kind.FIELD ? effect.as(EffectStatus.OWED) : answerLost(effect));
            }
        }
        return next;
    }

    private Effect answerLost(Effect effect) {
        return kept(Rule.LOST_IS_UNKNOWN) ? effect.answerLost(kept(Rule.RESENT_ONCE)) : effect.as(EffectStatus.OWED);
    }

    private State intend(State held, int w, Item item, Kind kind) {
        Worker worker = held.workers().get(w);
        int i = worker.item();
        Effect effect = item.effect(kind);
        boolean repeat = kind == Kind.REFERRAL && effect.lostAnswers() > 0 && kept(Rule.NAMED);
        State next = kept(Rule.INTENDED_FIRST) ? held.with(i, item.with(kind, effect.intended(repeat))) : held;
        for (int other = 0; other < held.workers().size(); other++) {
            Worker older = held.workers().get(other);
            if (other != w && older.item() == i && older.kind() == kind) {
                next = next.with(other, older.olderAttempt());
            }
        }
        return next.with(w, worker.intends(kind));
    }

    private Step send(State state, int w) {
        Worker worker = state.workers().get(w);
        if (worker.late() && kept(Rule.NOTHING_AFTER_DEADLINE)) {
            return new Step(name(w) + " is too late to call", false, state.with(w, worker.at(At.NOT_SENT)));
        }
        List<Call> calls = new ArrayList<>(state.calls());
        calls.add(new Call(worker.item(), worker.kind(), worker.read(), w, false, worker.late()));
        return new Step(
                name(w) + " calls (" + worker.kind() + " " + worker.read() + ")",
                false,
                state.with(List.copyOf(calls)).with(w, worker.at(At.SENT)));
    }

    private void underWay(State state, Call call, List<Step> steps) {
        if (!call.arrived()) {
            List<Call> calls = new ArrayList<>(state.calls());
            calls.set(calls.indexOf(call), call.arrives());
            State next = call.kind() == Kind.FIELD ? state.showing(call.item(), call.version()) : state.referred();
            steps.add(new Step("the call takes effect", false, next.with(List.copyOf(calls))));
        }
        State gone = without(state, call);
        if (call.owner() == -1) {
            steps.add(new Step("the call ends", false, gone));
            return;
        }
        Worker owner = state.workers().get(call.owner());
        if (call.arrived()) {
            steps.add(new Step("the answer comes", false, gone.with(call.owner(), owner.at(At.DONE))));
        }
        steps.add(new Step("the answer is lost", true, gone.with(call.owner(), owner.at(At.LOST))));
    }

    private static State without(State state, Call call) {
        List<Call> calls = new ArrayList<>(state.calls());
        calls.remove(call);
        return state.with(List.copyOf(calls));
    }

    private State confirm(State state, int w) {
        Worker worker = state.workers().get(w);
        Item item = state.items().get(worker.item());
        State next = worker.latest()
                ? state.with(
                        worker.item(),
                        item.with(worker.kind(), item.effect(worker.kind()).as(EffectStatus.CONFIRMED)))
                : state;
        int shows = worker.kind() == Kind.FIELD ? worker.read() : worker.compared();
        return next.with(w, worker.compares(shows));
    }

    private State failed(State state, int w) {
        Worker worker = state.workers().get(w);
        int i = worker.item();
        Optional<State> held = kept(Rule.OUTCOME_NEEDS_TOKEN) ? fence(state, w) : Optional.of(state);
        return held.map(now -> {
                    Item item = now.items().get(i);
                    Effect effect = item.effect(worker.kind());
                    boolean unknown = worker.kind() == Kind.REFERRAL && worker.at() == At.LOST;
                    return now.with(
                                    i,
                                    item.with(
                                            worker.kind(), unknown ? answerLost(effect) : effect.as(EffectStatus.OWED)))
                            .with(w, worker.at(At.SETTLING));
                })
                .orElse(state.with(w, Worker.IDLE));
    }

    private State settle(State state, int w) {
        Worker worker = state.workers().get(w);
        int i = worker.item();
        Optional<State> held = kept(Rule.SETTLING_NEEDS_TOKEN) ? fence(state, w) : Optional.of(state);
        return held.map(now -> {
                    Item item = now.items().get(i);
                    boolean newest = worker.newest() || !kept(Rule.GENERATION);
                    int content = kept(Rule.FINGERPRINT_OF_WHAT_WAS_READ) ? worker.read() : now.newest(i);
                    State next = now.with(
                                    i, item.anythingOpen() || !newest ? item.in(Phase.PENDING) : item.settled(content))
                            .with(w, Worker.IDLE);
                    return now.lock().item() == i && now.lock().current() ? lockFree(next) : next;
                })
                .orElse(state.with(w, Worker.IDLE));
    }

    private static State lockFree(State state) {
        State next = state.with(Lock.FREE);
        for (int i = 0; i < state.items().size(); i++) {
            next = next.with(i, next.items().get(i).lockFree());
        }
        return next;
    }

    private void misfortunes(State state, int w, List<Step> steps) {
        Worker worker = state.workers().get(w);
        if (worker.at() == At.IDLE) {
            return;
        }
        State dead = state.with(w, Worker.IDLE);
        dead = dead.with(dead.calls().stream()
                .map(call -> call.owner() == w ? call.orphaned() : call)
                .toList());
        steps.add(new Step(name(w) + " dies", true, dead));
        if ((worker.at() == At.INTENDED || worker.at() == At.SENT) && !worker.late()) {
            steps.add(new Step("the deadline of " + name(w) + "'s call passes", true, deadline(state, w)));
        }
    }

    private static State deadline(State state, int w) {
        Worker worker = state.workers().get(w);
        State next = state.with(w, worker.tooLate());
        if (worker.latest()) {
            Item item = state.items().get(worker.item());
            next = next.with(
                    worker.item(),
                    item.with(worker.kind(), item.effect(worker.kind()).deadlineOver()));
        }
        if (worker.at() == At.SENT) {
            List<Call> calls = new ArrayList<>(next.calls());
            calls.removeIf(call -> call.owner() == w);
            next = next.with(List.copyOf(calls)).with(w, worker.tooLate().at(At.LOST));
        }
        return next;
    }

    /** Nobody is left who waits for the answer; the ledger's clock goes on. */
    private static void deadlineOfTheDead(State state, int i, List<Step> steps) {
        for (Kind kind : Kind.values()) {
            Effect effect = state.items().get(i).effect(kind);
            boolean somebodyWaits = state.workers().stream()
                    .anyMatch(worker -> worker.item() == i
                            && worker.kind() == kind
                            && worker.latest()
                            && (worker.at() == At.INTENDED || worker.at() == At.SENT));
            if (effect.callMayBeUnderWay() && !somebodyWaits) {
                List<Call> calls = new ArrayList<>(state.calls());
                calls.removeIf(call -> call.item() == i && call.kind() == kind && call.owner() == -1 && !call.late());
                Item over = state.items().get(i).with(kind, effect.deadlineOver());
                steps.add(new Step(
                        "the deadline of a dead worker's call passes",
                        false,
                        state.with(i, over).with(List.copyOf(calls))));
            }
        }
    }

    private static String name(int w) {
        return "worker " + (char) ('A' + w);
    }
}
