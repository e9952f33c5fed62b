package dev.tandem.ledger.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.effects.Candidate;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Forgotten;
import dev.tandem.ledger.effects.LostAnswers;
import dev.tandem.ledger.effects.ParkedFor;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * Compares what may be owed with what the ledger knows, in one transaction (protocol 1, 3, 4). What it lets through is still
 * to be mapped, and compared with what it was parked with, before it is intended.
 *
 * @param origin what is older is baseline; what was sent before it was put back from a backup may be unknown
 * @param forgotten what was sent of records that were forgotten since
 * @param once kinds of which a confirmed effect is never sent again, whatever its content (mapping facts R18)
 */
record Decision(
        Supplier<Handle> transaction,
        KnownEffects effects,
        Store store,
        Optional<LedgerOrigin> origin,
        Forgotten.Known forgotten,
        Set<String> once) {
    /** Outside of any transaction: nothing can be written down. */
    static final Supplier<Handle> READ_ONLY = () -> {
        throw new MustWrite();
    };

    private static final Set<EffectState> OPEN = EnumSet.of(
            EffectState.OWED, EffectState.WAITING, EffectState.INTENDED, EffectState.UNKNOWN, EffectState.PARKED);

    private static final class MustWrite extends RuntimeException {
        MustWrite() {
            super(null, null, false, false);
        }
    }

    /** The same as {@link #of}; empty if something would have to be written down and cannot be. */
    Optional<List<JsonNode>> withoutWriting(List<JsonNode> nodes) {
        try {
            return Optional.of(of(nodes));
        } catch (MustWrite e) {
            return Optional.empty();
        }
    }

    List<JsonNode> of(List<JsonNode> nodes) {
        Set<String> seen = new HashSet<>();
        List<JsonNode> owed = nodes.stream()
                .map(Candidate::new)
                .sorted(Comparator.comparingInt(Candidate::order))
                .filter(candidate -> seen.add(candidate.key()))
                .filter(candidate -> goesOn(candidate, seen))
                .map(Candidate::node)
                .toList();
        withdrawAllBut(seen);
        return owed;
    }

    private boolean goesOn(Candidate candidate, Set<String> seen) {
        Optional<String> fault =
                Storable.fault(candidate.key(), candidate.kind(), candidate.confirmedValue(), Optional.empty());
        if (fault.isPresent()) {
            String key = Storable.identity(candidate.key(), Storable.KEY);
            seen.add(key);
            effects.parkUnkeepable(transaction, key, candidate.kind(), fault.get());
            return false;
        }
        Optional<Effect> stored = effects.of(candidate.key());
        Effect effect = effects.ofOrFresh(candidate.key(), candidate.kind());
        candidate.note().ifPresent(note -> effects.note(candidate.key(), note));
        if (mayHaveBeenSentSinceBackup(stored, candidate)) {
            effects.save(
                    transaction.get(),
                    effect.mayHaveBeenSent(store.now(), "may have been sent after the backup was made"),
                    "baseline");
            return false;
        }
        if (effect.state() == EffectState.INTENDED) {
            Instant now = store.now();
            // Whoever intended it is dead or has lost its lease: the answer is lost (protocol 2, last but one).
            effect = effects.save(
                    transaction.get(),
                    LostAnswers.after(effect, store.settings(), now, "worker-lost", "the worker died during the call"),
                    "answer lost");
        }
        if (isBaseline(stored, candidate)) {
            if (stored.isEmpty()) {
                Effect confirmed = effect.confirmed(value(candidate));
                Effect old = older(candidate)
                        ? baseline(confirmed, candidate)
                        : confirmed.baseline("forgotten", "sent before this record was forgotten");
                effects.save(transaction.get(), old, "baseline");
            }
            return false;
        }
        if (candidate.parks()) {
            park(effect, candidate);
            return false;
        }
        if (candidate.alreadyThere()) {
            if (effect.state() != EffectState.CONFIRMED || !value(candidate).equals(effect.confirmedValue())) {
                effects.save(transaction.get(), effect.confirmed(value(candidate)), "already there");
            }
            return false;
        }
        return switch (effect.state()) {
            case CONFIRMED -> !isDone(effect, candidate) && wait(effect, candidate);
            // Its input decides, once it is mapped; nothing else of it is looked at any more.
            case DISCARDED -> !forEver(effect) && !candidate.waits();
            case PARKED -> !effect.mayHaveArrived() && wait(effect, candidate);
            case OWED, UNKNOWN -> due(effect) && wait(effect, candidate);
            case WAITING, INTENDED, BASELINE -> wait(effect, candidate);
        };
    }

    private boolean isDone(Effect effect, Candidate candidate) {
        boolean done = once.contains(candidate.kind())
                || (candidate.confirmedValue().isPresent() && value(candidate).equals(effect.confirmedValue()));
        if (done && effects.lacksNote(effect)) {
            effects.save(transaction.get(), effect, "noted");
        }
        return done;
    }

    /**
     * Older than this ledger, and no person has asked for it (protocol 8). It ceases to be so when it says something else
     * than it did then, or when its record is no longer a stranger to the other system. What both sides show alike is no
     * baseline, but confirmed.
     */
    private boolean isBaseline(Optional<Effect> stored, Candidate candidate) {
        if (candidate.alreadyThere()) {
            return false;
        }
        if (stored.isEmpty()) {
            return older(candidate) || wasSentAndForgotten(candidate);
        }
        boolean sameValue = candidate.confirmedValue().isPresent()
                && value(candidate).equals(stored.get().confirmedValue());
        return stored.get().state() == EffectState.BASELINE
                && (older(candidate) || sameValue || wasSentAndForgotten(candidate));
    }

    /**
     * Of what can be sent only once: it came about before the ledger was put back from a backup, and the ledger does not know its
     * outcome. Nothing at the target can tell; whoever asks for it again names it as a possible repeat.
     */
    private boolean mayHaveBeenSentSinceBackup(Optional<Effect> stored, Candidate candidate) {
        Optional<Instant> restored = origin.flatMap(LedgerOrigin::restoredAt);
        if (restored.isEmpty()
                || !once.contains(candidate.kind())
                || candidate.alreadyThere()
                || before(candidate, origin.flatMap(LedgerOrigin::responsibleSince))
                || !candidate.at().map(at -> at.isBefore(restored.get())).orElse(true)) {
            return false;
        }
        return stored.isEmpty()
                || (OPEN.contains(stored.get().state())
                        && !(stored.get().state() == EffectState.PARKED
                                && stored.get().mayHaveArrived())
                        && !stored.get().forcedByOperator()
                        && effects.unchangedSince(transaction.get(), stored.get(), restored.get()));
    }

    private boolean wasSentAndForgotten(Candidate candidate) {
        return once.contains(candidate.kind())
                ? forgotten.sent(effects.flow(), effects.record(), candidate.key())
                : candidate
                        .confirmedValue()
                        .filter(value -> forgotten.sent(effects.flow(), effects.record(), candidate.key(), value))
                        .isPresent();
    }

    /** With the reason why it could not be sent either, where there is one. */
    private static Effect baseline(Effect effect, Candidate candidate) {
        return candidate.parks() ? effect.baseline(candidate.parksCode(), candidate.parksWords()) : effect.baseline();
    }

    private boolean older(Candidate candidate) {
        return candidate.baseline()
                || before(candidate, origin.flatMap(LedgerOrigin::responsibleSince))
                || (once.contains(candidate.kind()) && before(candidate, origin.flatMap(LedgerOrigin::restoredAt)));
    }

    private static boolean before(Candidate candidate, Optional<Instant> moment) {
        return candidate.at().flatMap(at -> moment.map(at::isBefore)).orElse(false);
    }

    private static String value(Candidate candidate) {
        return candidate.confirmedValue().orElse("");
    }

    private boolean due(Effect effect) {
        return effect.nextAt() == null || !effect.nextAt().isAfter(store.now());
    }

    /** A discarded referral stays so for its identity; anything else until its input is another one (protocol 4). */
    private boolean forEver(Effect effect) {
        return once.contains(effect.kind());
    }

    private boolean wait(Effect effect, Candidate candidate) {
        boolean forced = effect.forcedByOperator()
                && !candidate.waitsFor().equals(Effect.CONSENT)
                && !candidate.waitsFor().startsWith(Effect.NGO);
        if (!candidate.waits() || forced) {
            return true;
        }
        effects.waitFor(transaction.get(), effect, candidate.waitsFor(), candidate.waitsWords());
        return false;
    }

    private void park(Effect effect, Candidate candidate) {
        if ((effect.state() == EffectState.DISCARDED && forEver(effect))
                || (effect.state() == EffectState.PARKED && effect.mayHaveArrived())) {
            return;
        }
        byte[] over = candidate.offendingValue().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        if (effects.isParkedFor(transaction.get(), effect, over)) {
            return;
        }
        String hash = store.seal().fingerprint(over);
        ParkedFor what = effect.mayHaveArrived() ? ParkedFor.PERSON : ParkedFor.MAPPING;
        effects.save(
                transaction.get(), effect.parked(what, hash, candidate.parksCode(), candidate.parksWords()), "parked");
    }

    /** What is no longer owed is no longer listed; what may have arrived stays, for a person. */
    private void withdrawAllBut(Set<String> seen) {
        for (Map.Entry<String, Effect> entry : Map.copyOf(effects.byKey()).entrySet()) {
            Effect effect = entry.getValue();
            if (seen.contains(entry.getKey())) {
                continue;
            }
            switch (effect.state()) {
                case INTENDED, UNKNOWN, OWED, WAITING -> {
                    if (effect.mayHaveArrived() || (effect.state() == EffectState.INTENDED && !effect.repeatable())) {
                        give(effect);
                    } else {
                        effects.remove(transaction.get(), effect);
                    }
                }
                case PARKED -> {
                    if (!effect.mayHaveArrived()) {
                        effects.remove(transaction.get(), effect);
                    }
                }
                case BASELINE -> {
                    // One with a value cannot be recognised as old a second time: it has no time of its own.
                    if (effect.confirmedValue() == null
                            || effect.confirmedValue().isEmpty()) {
                        effects.remove(transaction.get(), effect);
                    }
                }
                case CONFIRMED, DISCARDED -> {}
            }
        }
    }

    private void give(Effect effect) {
        String words = "its answer was lost, and it is no longer owed: it may have arrived";
        Effect lost = effect.state() == EffectState.INTENDED
                ? effect.lost(effect.failures(), null, "worker-lost", words)
                : effect;
        effects.save(transaction.get(), LostAnswers.given(lost, words), "parked");
    }
}
