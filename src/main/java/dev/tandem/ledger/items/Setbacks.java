package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.HeldKind;
import dev.tandem.ledger.effects.LostAnswers;
import dev.tandem.ledger.effects.ParkedFor;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Planned;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import dev.tandem.outcome.Unmappable;
import dev.tandem.outcome.Waits;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * What becomes of an effect that could not be sent or confirmed: it is tried again, waits, parks, or may have arrived
 * (protocol 3, 4). In the transaction of the worker, and of none but that.
 */
record Setbacks(Handle handle, Store store, KnownEffects effects, Attempt attempt, WorkResult result) {
    void met(Effect effect, Throwable failure) {
        // Also where the call was answered but its outcome could not be written down.
        boolean called = effect.state() == EffectState.INTENDED;
        Instant now = store.now();
        if (called) {
            attempt.kindOfCall().ifPresent(kind -> tellKind(kind, effect, failure, now));
        }
        boolean saysSomethingOfIt = failure instanceof Refused || failure instanceof Unmappable;
        if (effect.state() == EffectState.DISCARDED && !saysSomethingOfIt) {
            return;
        }
        Effect next;
        if (failure instanceof Planned) {
            // In the scratch ledger of a plan, what would be sent counts as sent, so that what follows from it is
            // planned too.
            next = effect.confirmed(attempt.valueOf(effect));
            store.tally().count(effect.flow(), effect.kind(), "planned");
        } else if (failure instanceof NotSent notSent) {
            next = notSent(effect, notSent, now);
        } else if (failure instanceof AnswerLost lost) {
            // Nothing was intended: it was a read, which may simply be repeated.
            next = called
                    ? LostAnswers.after(effect, store.settings(), now, lost.code(), lost.getMessage())
                    : retried(effect, now, lost);
        } else if (failure instanceof Refused refused) {
            byte[] over = bytes(refused.code() + refused.getMessage());
            if (!called && !isOfTheRecord(effect, refused) && isKnown(effect, over)) {
                return;
            }
            String hash = called ? effect.inputHash() : offendingValue(effect, refused, over);
            next = effect.parked(refusedFor(effect, refused), hash, refused.code(), refused.getMessage());
        } else if (failure instanceof Unmappable unmappable) {
            park(effect, bytes(unmappable.offendingValue()), unmappable.code(), unmappable.getMessage());
            return;
        } else if (failure instanceof Waits waits) {
            effects.waitFor(handle, effect, waits.condition(), waits.getMessage());
            return;
        } else if (!called && Transactions.cannotBeKept(failure)) {
            park(
                    effect,
                    bytes("cannot-be-kept"),
                    "cannot-be-kept",
                    "an id or a name in this record is longer than the ledger can keep: correct it at its source");
            return;
        } else if (!called && failure instanceof JdbiException) {
            next = retried(effect, now, NotSent.unreachable("ledger", "the ledger's database did not answer"));
        } else {
            String words = "unexpected " + failure.getClass().getSimpleName();
            next = called
                    ? LostAnswers.after(effect, store.settings(), now, "unexpected", words)
                    : effect.parked(ParkedFor.MAPPING, null, "unexpected", words + ": see the log of this moment");
        }
        effects.save(handle, next, event(next));
    }

    /** Any answer in the system's own words shows that it does not fail all calls of this kind. */
    private void tellKind(CallKind kind, Effect effect, Throwable failure, Instant now) {
        if (failure instanceof Refused || failure instanceof Waits) {
            HeldKind.answered(handle, kind, false, now, store.settings());
        } else if (failure instanceof AnswerLost || (failure instanceof NotSent notSent && notSent.answeredByOther())) {
            HeldKind.failed(handle, kind, effect, now, store.settings());
        }
    }

    private static String event(Effect next) {
        return switch (next.state()) {
            case PARKED -> "parked";
            case CONFIRMED -> "planned";
            default -> "to be tried again";
        };
    }

    /** Parks it until this value is another one; or an edit changes what is made of it. */
    private void park(Effect effect, byte[] over, String code, String words) {
        if (!isKnown(effect, over)) {
            Effect parked = effect.parked(ParkedFor.MAPPING, store.seal().fingerprint(over), code, words);
            effects.save(handle, parked, "parked");
        }
    }

    private static byte[] bytes(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    private boolean isKnown(Effect effect, byte[] over) {
        boolean known = effects.isParkedFor(handle, effect, over);
        if (known) {
            effects.triedInVain(handle, effect);
        }
        return known;
    }

    /** For a record that could be read but not matched, it is the record itself; it then settles with that. */
    private String offendingValue(Effect effect, Refused refused, byte[] over) {
        return isOfTheRecord(effect, refused)
                ? result.content().map(store.seal()::fingerprint).orElse(null)
                : effect.key().equals(Effect.READ) ? null : store.seal().fingerprint(over);
    }

    private static boolean isOfTheRecord(Effect effect, Refused refused) {
        return effect.key().equals(Effect.READ) && refused.status() == 0;
    }

    private static ParkedFor refusedFor(Effect effect, Refused refused) {
        return "saved-in-part".equals(refused.code()) ? ParkedFor.PERSON : parkedFor(effect);
    }

    private static ParkedFor parkedFor(Effect effect) {
        return effect.mayHaveArrived() ? ParkedFor.PERSON : ParkedFor.INPUT;
    }

    private Effect notSent(Effect effect, NotSent failure, Instant now) {
        if (failure.usesAttempt()) {
            return retried(effect, now, failure);
        }
        Instant next = now.plus(failure.retryAfter().orElse(store.settings().retryMin()));
        return effect.owed(effect.failures(), next, failure.code(), failure.getMessage());
    }

    private Effect retried(Effect effect, Instant now, Setback failure) {
        int failures = effect.failures() + 1;
        if (failures >= store.settings().attempts()) {
            return effect.parked(
                    parkedFor(effect),
                    effect.inputHash(),
                    "gave-up",
                    failures + " tries failed; last: " + failure.getMessage());
        }
        return effect.owed(
                failures, now.plus(store.settings().backoff(failures)), failure.code(), failure.getMessage());
    }
}
