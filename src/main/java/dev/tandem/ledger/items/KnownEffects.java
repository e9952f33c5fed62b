package dev.tandem.ledger.items;

import dev.tandem.ledger.effects.EditRetries;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.effects.ParkedFor;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The effects of one claimed record as its worker knows them. A change of one is written down, journaled, counted, and wakes
 * those that wait for it, all in the worker's transaction.
 */
final class KnownEffects {
    private static final String NOTED = "noted ";

    private final Store store;
    private final String flow;
    private final String record;
    private final Map<String, Effect> byKey = new LinkedHashMap<>();
    private final Map<String, Note> notes = new HashMap<>();
    private boolean any;
    private String version;

    /** @param known read after the claim: until the lease is lost nobody else adds one */
    KnownEffects(Store store, Claim claim, List<Effect> known) {
        this.store = store;
        this.flow = claim.flow();
        this.record = claim.record();
        this.any = !known.isEmpty();
        known.forEach(effect -> byKey.put(effect.key(), effect));
    }

    /** @param inForce of routes and mappings, for the journal */
    void workedBy(String inForce) {
        version = inForce;
    }

    /** Whether it stands as it stood then. */
    boolean unchangedSince(Handle handle, Effect effect, Instant moment) {
        return handle.createQuery("select changed_at < :moment from effect where id = :id")
                .bind("id", effect.id())
                .bind("moment", moment)
                .mapTo(Boolean.class)
                .one();
    }

    String flow() {
        return flow;
    }

    String record() {
        return record;
    }

    /** Whether the record has had one since it was claimed. */
    boolean any() {
        return any;
    }

    /**
     * As they are now: a worker that lost its lease may have confirmed one meanwhile, and a transaction that is retried must
     * not see what its first try had written.
     */
    void readAgain(Handle handle) {
        if (any) {
            // Else nobody could have added one.
            byKey.clear();
            Effects.locked(handle, flow, record).forEach(effect -> byKey.put(effect.key(), effect));
        }
    }

    Map<String, Effect> byKey() {
        return byKey;
    }

    Collection<Effect> all() {
        return byKey.values();
    }

    Optional<Effect> of(String key) {
        return Optional.ofNullable(byKey.get(key));
    }

    Effect ofOrFresh(String key, String kind) {
        return of(key).orElseGet(() -> Effect.fresh(flow, record, key, kind));
    }

    /** To be kept with the effect of this key once it is confirmed. */
    void note(String key, Note note) {
        notes.put(key, note);
    }

    /** Whether this is confirmed, and what is to be kept with it is not yet. */
    boolean lacksNote(Effect effect) {
        Note note = notes.get(effect.key());
        return effect.state() == EffectState.CONFIRMED
                && note != null
                && !note.code().equals(effect.reasonCode());
    }

    Effect save(Handle handle, Effect changed, String event) {
        Instant now = store.now();
        boolean noted = lacksNote(changed);
        Effect effect = noted ? changed.noted(notes.get(changed.key())) : changed;
        if (noted) {
            store.tally().count(flow, effect.kind(), NOTED + effect.reasonCode());
        }
        Effect saved = Effects.save(handle, effect, now, version);
        Journal.write(handle, now, saved, event, version);
        any = true;
        Effect before = byKey.put(saved.key(), saved);
        if (endsWaiting(before, saved)) {
            wakeWaiters(handle, saved);
        }
        count(before, saved);
        return saved;
    }

    private void count(Effect before, Effect saved) {
        if (saved.possibleRepeat() && (before == null || !before.possibleRepeat())) {
            store.tally().count(flow, saved.kind(), "possible-repeat");
        }
        switch (saved.state()) {
            case PARKED -> store.tally().count(flow, saved.kind(), "parked");
            case WAITING -> store.tally().count(flow, saved.kind(), "waiting");
            case BASELINE -> store.tally().count(flow, saved.kind(), "baseline");
            default -> {}
        }
    }

    /** The outcome of a call is known, or the effect is parked without one. */
    private static boolean endsWaiting(Effect before, Effect saved) {
        return saved.state() == EffectState.CONFIRMED
                || saved.state() == EffectState.PARKED
                || (before != null
                        && before.state().outcomeOpen()
                        && !saved.state().outcomeOpen());
    }

    void remove(Handle handle, Effect effect) {
        remove(handle, effect, "no longer owed");
    }

    void remove(Handle handle, Effect effect, String event) {
        Effects.remove(handle, effect);
        Journal.write(handle, store.now(), effect, event, version);
        byKey.remove(effect.key());
        wakeWaiters(handle, effect);
    }

    /**
     * Whether it is parked, or was discarded, with just this input. What was discarded before its input was known, was so with
     * this one.
     */
    boolean isParkedFor(Handle handle, Effect effect, byte[] input) {
        if (effect.state() == EffectState.DISCARDED && effect.inputHash() == null) {
            save(handle, effect.discardedWith(store.seal().fingerprint(input)), "discarded");
            return true;
        }
        return (effect.state() == EffectState.PARKED || effect.state() == EffectState.DISCARDED)
                && store.seal().matches(effect.inputHash(), input);
    }

    /** Something of it does not fit the ledger: it parks before anything is sent, until that is another value. */
    void parkUnkeepable(Supplier<Handle> transaction, String key, String kind, String fault) {
        Effect effect = ofOrFresh(Storable.identity(key, Storable.KEY), Storable.kind(kind));
        byte[] over = fault.getBytes(StandardCharsets.UTF_8);
        if (effect.state() == EffectState.PARKED && store.seal().matches(effect.inputHash(), over)) {
            return;
        }
        ParkedFor who = effect.mayHaveArrived() ? ParkedFor.PERSON : ParkedFor.MAPPING;
        save(transaction.get(), effect.parked(who, store.seal().fingerprint(over), "cannot-be-kept", fault), "parked");
    }

    void waitFor(Handle handle, Effect effect, String condition, String words) {
        Instant now = store.now();
        if (Order.isOver(handle, condition)) {
            save(
                    handle,
                    effect.owed(effect.failures(), now.plus(store.settings().retryMin()), "waits", words),
                    "owed");
        } else if (effect.state() != EffectState.WAITING || !condition.equals(effect.waitingFor())) {
            save(handle, effect.waiting(condition, now, words), "waiting");
        }
    }

    /** Nothing has come of the version in force that was not known of another. */
    void triedInVain(Handle handle, Effect effect) {
        if (version != null) {
            EditRetries.triedUnder(handle, effect, version);
        }
    }

    private void wakeWaiters(Handle handle, Effect effect) {
        Waiters.wake(handle, List.of(effect.condition()), store.now());
    }
}
