package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.HeldKind;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What of that which is owed may be sent now, in one transaction that says so before it is (protocol 2, 6): not what was parked or
 * discarded with the same input, nor what must wait.
 *
 * @param names under which the other system may know the record
 */
record Intention(
        Handle handle, KnownEffects effects, Store store, Claim claim, Terms terms, Set<String> names, Instant now) {
    /**
     * Whoever gets them must send them at once.
     *
     * @param decidedOn the effects as they were when these were found to be owed
     */
    Attempt of(List<Proposal> proposals, Map<String, Effect> decidedOn) {
        Map<String, Proposal> granted = new LinkedHashMap<>();
        List<Effect> intended = new ArrayList<>();
        List<Proposal> neededFirst = new ArrayList<>(proposals);
        neededFirst.sort(Comparator.comparing(proposal -> proposal.needs().isPresent()));
        for (Proposal proposal : neededFirst) {
            if (confirmedMeanwhile(decidedOn.get(proposal.key()), proposal.key())) {
                continue;
            }
            if (proposal.needs().filter(key -> !granted.containsKey(key)).isPresent()) {
                holdBack(proposal);
                continue;
            }
            intend(proposal).ifPresent(effect -> {
                granted.put(proposal.key(), proposal);
                intended.add(effect);
            });
        }
        return Attempt.intended(granted, intended, terms);
    }

    /** By the late success of a worker that lost its lease, after this one had decided that it was owed. */
    private boolean confirmedMeanwhile(Effect known, String key) {
        return known != null
                && known.state() != EffectState.CONFIRMED
                && effects.of(key)
                        .filter(effect ->
                                effect.state() == EffectState.CONFIRMED && effect.attempt() == known.attempt())
                        .isPresent();
    }

    /**
     * It is owed again, anew, when what it needs is: an entry of its own could only wait for something that is itself parked
     * or waits, and would come back again and again.
     */
    private void holdBack(Proposal proposal) {
        effects.of(proposal.key())
                .filter(effect -> effect.state().open())
                .ifPresent(effect -> effects.remove(handle, effect, "held back"));
    }

    private Optional<Effect> intend(Proposal proposal) {
        Optional<String> fault =
                Storable.fault(proposal.key(), proposal.kind(), proposal.confirmedValue(), proposal.facts());
        if (fault.isPresent()) {
            effects.parkUnkeepable(() -> handle, proposal.key(), proposal.kind(), fault.get());
            return Optional.empty();
        }
        Effect effect = effects.ofOrFresh(proposal.key(), proposal.kind());
        if (effects.isParkedFor(handle, effect, proposal.input())) {
            return Optional.empty();
        }
        if (terms.onlyIfChanged()
                && effect.state() == EffectState.CONFIRMED
                && store.seal().matches(effect.inputHash(), proposal.input())) {
            return Optional.empty();
        }
        if (isHeld(effect)) {
            return Optional.empty();
        }
        Optional<String> first = terms.after()
                .filter(flow -> !effect.forcedByOperator())
                .flatMap(flow -> Order.whatComesFirst(handle, flow, names));
        if (first.isPresent()) {
            effects.waitFor(handle, effect, first.get(), Order.words(first.get()));
            return Optional.empty();
        }
        if (!effect.forcedByOperator()
                && terms.kindOfCall().filter(kind -> held(effect, kind)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(intended(effect, proposal));
    }

    /** What may have arrived stays unknown, and listed as such; the others wait. */
    private boolean held(Effect effect, CallKind kind) {
        Optional<HeldKind.Hold> hold = HeldKind.holds(handle, kind, effect, now, store.settings());
        if (hold.isPresent() && HeldKind.spent(effect)) {
            effects.save(handle, effect.later(hold.get().until()), "held");
        } else if (hold.isPresent()) {
            effects.waitFor(handle, effect, kind.condition(), hold.get().words());
        }
        return hold.isPresent();
    }

    /** By the brake; a person's own retry of this effect goes. */
    private boolean isHeld(Effect effect) {
        if (effect.forcedByOperator() || store.settings().brake().isEmpty()) {
            return false;
        }
        boolean waited =
                effect.state() == EffectState.WAITING && effect.waitingFor().startsWith(Effect.APPROVAL);
        Optional<String> condition = waited
                ? Optional.of(effect.waitingFor()).filter(waiting -> !Brake.isOver(handle, waiting))
                : claim.notTheDays()
                        ? Brake.holds(handle, claim, store.settings().brake().get(), now)
                        : Optional.empty();
        condition.ifPresent(held -> effects.waitFor(
                handle,
                effect,
                held,
                "more records than tandem.brake would be written to: `approve` lets the rest go"));
        return condition.isPresent();
    }

    private Effect intended(Effect effect, Proposal proposal) {
        // Whatever lay between: it may have waited, or not been sent, since its answer was lost.
        boolean repeat = effect.mayHaveArrived() && !terms.repeatable();
        Effect intended = effect.intended(
                now,
                now.plus(terms.deadline()),
                terms.repeatable(),
                store.seal().fingerprint(proposal.input()),
                proposal.facts().orElse(null));
        return repeat
                ? effects.save(handle, intended.possibleRepeat(true), "intended as a repeat")
                : effects.save(handle, intended, "intended");
    }
}
