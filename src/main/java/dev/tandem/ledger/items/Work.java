package dev.tandem.ledger.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Forgotten;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.outcome.Refused;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

/**
 * One claimed item in the hands of one worker: from the claim until it is settled or given back, one {@link Attempt} after another.
 * Each method is one transaction that makes sure that the claim still holds; not safe for several threads.
 */
public final class Work {
    private static final int NOT_FOUND = 404;

    private final Store store;
    private final Claim claim;
    private final KnownEffects effects;
    private final TargetLocks locks;
    private final boolean payloadKept;
    private final Supplier<Optional<LedgerOrigin>> origin;
    private final Forgotten.Known forgotten;
    private final WorkResult result = new WorkResult();
    private Attempt attempt = Attempt.none();
    private boolean inDoubt;
    private boolean finished;
    private boolean outcomeUnwritten;
    private String counterpartFlow = "";

    /**
     * @param known its effects, read after the claim: until the lease is lost nobody else adds one
     * @param payloadKept whether there is a snapshot of the claimed generation or an older one
     * @param origin what is older is baseline
     * @param forgotten what was sent of records that were forgotten since
     */
    Work(
            Store store,
            Claim claim,
            List<Effect> known,
            boolean payloadKept,
            Supplier<Optional<LedgerOrigin>> origin,
            Forgotten.Known forgotten) {
        this.forgotten = forgotten;
        this.store = store;
        this.claim = claim;
        this.effects = new KnownEffects(store, claim, known);
        this.locks = new TargetLocks(claim);
        this.payloadKept = payloadKept;
        this.origin = origin;
    }

    /**
     * One transaction, which also writes down what has succeeded before it; after one that failed, what is known here may not be
     * what was committed.
     */
    private <T> T in(HandleCallback<T, RuntimeException> work) {
        boolean doubtful = inDoubt;
        inDoubt = true;
        Attempt made = attempt;
        List<Effect> succeeded = made.unwritten();
        T value;
        try {
            value = store.in(handle -> {
                succeeded.forEach(effect -> made.confirm(handle, effect, effects, store));
                return work.withHandle(handle);
            });
        } catch (LostLease lost) {
            // A late success counts for its own attempt all the same.
            if (!succeeded.isEmpty()) {
                store.run(handle -> succeeded.forEach(effect -> made.confirm(handle, effect, effects, store)));
                written(made);
            }
            throw lost;
        }
        written(made);
        inDoubt = doubtful;
        return value;
    }

    private void written(Attempt made) {
        made.unwritten().forEach(effect -> store.tally().count(flow(), effect.kind(), "sent"));
        made.written();
    }

    private void run(HandleConsumer<RuntimeException> work) {
        in(handle -> {
            work.useHandle(handle);
            return null;
        });
    }

    public String flow() {
        return claim.flow();
    }

    public String record() {
        return claim.record();
    }

    /** Whether an event has named the record since it was last settled: somebody may be waiting for it. */
    public boolean onEvent() {
        return claim.onEvent();
    }

    /** What the ledger knows of this record's effects, by key. */
    public Map<String, Effect> effects() {
        return effects.byKey();
    }

    /** What this worker found out about the record and is to be written down when it settles. */
    public WorkResult result() {
        return result;
    }

    /** To be kept in the journal with the effect of this key, once that is delivered. */
    public void note(String key, Note note) {
        effects.note(key, note);
    }

    /** The version of routes and mappings that works on it, for the journal. */
    public void workedBy(String versionInForce) {
        effects.workedBy(versionInForce);
    }

    public boolean finished() {
        return finished;
    }

    /** The flow whose item of this record's counterpart is marked when what it depends on has changed here. */
    public void wakes(String otherFlow) {
        counterpartFlow = otherFlow;
    }

    /**
     * Takes the lock of the target's record. If another item holds it, this one is given back, uses up no attempt and is
     * woken when the lock is free.
     *
     * @return whether the lock was taken
     */
    public boolean lock(String lockedName) {
        String name = Storable.identity(lockedName, Storable.NAME);
        Optional<Instant> heldUntil = in(handle -> {
            fence(handle, Duration.ZERO);
            Optional<Instant> held = locks.take(handle, name, store.now());
            held.ifPresent(until -> {
                // In the same transaction, which still holds the lock's row: whoever frees it sees us.
                locks.free(handle, store.now());
                Claims.release(handle, claim, until, Optional.of(name));
            });
            return held;
        });
        if (heldUntil.isEmpty()) {
            locks.taken(name);
        } else {
            finished = true;
        }
        return heldUntil.isEmpty();
    }

    /**
     * Makes sure that the claim holds, and reads the effects as they are now.
     *
     * @return whether the claimed generation is still the newest
     */
    private boolean fence(Handle handle, Duration leaseNeeded) {
        return fence(handle, store.now(), leaseNeeded);
    }

    private boolean fence(Handle handle, Instant now, Duration leaseNeeded) {
        boolean newest = Claims.fence(handle, store, claim, now, leaseNeeded, locks.count());
        effects.readAgain(handle);
        return newest;
    }

    /**
     * Which of the candidates are owed now, in their order; see {@link Decision}. Of a record of which nothing was known and
     * nothing is to be remembered, it needs no transaction: whoever has taken it over is met when something is intended.
     */
    public List<JsonNode> decide(List<JsonNode> candidates, Set<String> once) {
        if (!effects.any() && result.entryMatches().isEmpty()) {
            Optional<List<JsonNode>> owed = decision(Decision.READ_ONLY, once).withoutWriting(candidates);
            if (owed.isPresent()) {
                return owed.get();
            }
        }
        return in(handle -> {
            fence(handle, Duration.ZERO);
            effects.of(Effect.READ).ifPresent(effect -> effects.remove(handle, effect));
            // Before any call that rests on them.
            EntryMatches.save(handle, flow(), result.entryMatches());
            return decision(() -> handle, once).of(candidates);
        });
    }

    private Decision decision(Supplier<Handle> transaction, Set<String> once) {
        return new Decision(transaction, effects, store, origin.get(), forgotten, once);
    }

    /**
     * Commits that these are about to be sent. The caller must then send at once, and report the outcome.
     *
     * @return those that may be sent, what others need before those that need it; see {@link Intention}
     */
    public List<Proposal> intend(List<Proposal> proposals, Terms terms) {
        Map<String, Effect> decidedOn = Map.copyOf(effects());
        attempt = in(handle -> {
            Instant now = store.now();
            boolean newest = fence(handle, now, terms.deadline());
            if (!newest && terms.after().isPresent()) {
                // What comes first may have settled, and marked this, since it was read here: it is worked again.
                return Attempt.none();
            }
            return new Intention(handle, effects, store, claim, terms, result.namesOf(record()), now)
                    .of(proposals, decidedOn);
        });
        return List.copyOf(attempt.proposed().values());
    }

    /** What was intended last has been done. A late success counts for its own attempt, even without the lease. */
    public void confirm() {
        confirm(attempt.proposed().keySet());
    }

    /** Of what was intended last, these have been done; the outcome of the others is still open. */
    public void confirm(Collection<String> keys) {
        confirm(keys, Optional.empty());
    }

    /**
     * The same as {@link #confirm()}, but written down with whatever is written next. Only where nothing is asked of anybody before
     * that: if the process dies meanwhile, the answer is lost.
     */
    public void confirmWithTheNext() {
        attempt.succeeded(attempt.proposed().keySet());
    }

    /**
     * The same as {@link #confirm()}, where the target answers yes to more than it does, or people there may undo it at once: the
     * linked items of that flow are compared anew at their next mark, even if nothing has changed in what they show.
     */
    public void confirmToBeShownBy(String otherFlow) {
        confirm(attempt.proposed().keySet(), Optional.of(otherFlow));
    }

    private void confirm(Collection<String> keys, Optional<String> shownBy) {
        // If the database does not answer now, whatever is written next says so: the success is not lost with it.
        attempt.succeeded(keys);
        run(handle -> shownBy.ifPresent(otherFlow -> Links.forgetWhatCounterpartsShow(handle, otherFlow, record())));
        store.signals().raise();
    }

    /**
     * The call under way was answered, but the answer says nothing of each effect: they are intended again, each with a call of its
     * own, or with a further one. They stay intended meanwhile.
     */
    public void noteAnswer() {
        attempt.ends();
    }

    /** The target already holds all of it: nothing to send, and nothing to write unless something else was known. */
    public void alreadyThere(String key, String kind, Optional<String> value) {
        boolean isNews = effects.of(key)
                .filter(known -> known.state() != EffectState.CONFIRMED
                        || value.filter(now -> !now.equals(known.confirmedValue()))
                                .isPresent())
                .isPresent();
        if (isNews) {
            run(handle -> {
                fence(handle, Duration.ZERO);
                effects.of(key)
                        .ifPresent(effect -> effects.save(handle, effect.confirmed(value.orElse("")), "already there"));
            });
        }
        store.tally().count(flow(), kind, "already-there");
    }

    /**
     * What came in the way of the effects in flight; or, before any was intended, of the named one; or, with no name, of
     * reading the record at all.
     */
    public void failed(Throwable failure, Optional<String> key, Optional<String> kind) {
        List<Effect> hit = attempt.ends();
        outcomeUnwritten = true;
        // What could not be written down has been done all the same.
        boolean wasDone = attempt.unwritten().stream()
                .anyMatch(done -> key.filter(done.key()::equals).isPresent());
        run(handle -> {
            fence(handle, Duration.ZERO);
            Setbacks setbacks = new Setbacks(handle, store, effects, attempt, result);
            if (!hit.isEmpty()) {
                hit.forEach(effect -> setbacks.met(effect, failure));
            } else if (!wasDone) {
                String name = Storable.identity(key.orElse(Effect.READ), Storable.KEY);
                setbacks.met(effects.ofOrFresh(name, Storable.kind(kind.orElse(name))), failure);
            }
        });
        outcomeUnwritten = false;
    }

    /**
     * Its source says that the record which an event named does not exist, and the ledger knows of nothing that was owed or sent: a
     * line in the journal, and nothing for a person to do. If there is such a record after all, a sweep shows it.
     *
     * @return whether it is so
     */
    public boolean noSuchRecord(Throwable failure) {
        boolean unknown = claim.onEvent()
                && result.content().isEmpty()
                && failure instanceof Refused refused
                && refused.status() == NOT_FOUND
                && effects.all().stream().allMatch(effect -> effect.key().equals(Effect.READ));
        if (unknown) {
            run(handle -> {
                fence(handle, Duration.ZERO);
                effects.of(Effect.READ).ifPresent(effect -> effects.remove(handle, effect));
                Journal.decided(handle, store.now(), flow(), record(), "no such record", "named by an event");
            });
        }
        return unknown;
    }

    /** Settles the item if it can be, else makes it pending again for its next moment. */
    public void settle() {
        if (outcomeUnwritten) {
            // Settled, nobody would ever look at it again: rather its lease runs out.
            throw new IllegalStateException("the outcome of the record's work could not be written down");
        }
        boolean allConfirmed = isAllConfirmed();
        run(handle -> {
            Settlement settlement = new Settlement(
                    handle, store, claim, effects, result, locks, payloadKept, counterpartFlow, store.now());
            if (!allConfirmed || !settlement.settleUnread()) {
                settlement.write(fence(handle, Duration.ZERO));
            }
        });
        finished = true;
        store.signals().raise();
    }

    /** All that is known of it is confirmed, which nobody else changes: nothing has to be looked at once more. */
    private boolean isAllConfirmed() {
        return !inDoubt
                && effects.all().stream()
                        .allMatch(effect -> effect.state() == EffectState.CONFIRMED
                                || attempt.unwritten().contains(effect));
    }

    /** The record's content is not here and cannot be asked for: what is owed waits until its source shows the record again. */
    public void withoutSource() {
        run(handle -> {
            fence(handle, Duration.ZERO);
            for (Effect effect : new ArrayList<>(effects.all())) {
                if (effect.state().open()) {
                    Effect waiting = effect.waiting(
                            "row:" + flow() + ":" + record(),
                            store.now(),
                            "the row of this record is not kept; waits until its source is read in full");
                    effects.save(handle, waiting.forcedByOperator(effect.forcedByOperator()), "waiting");
                }
            }
        });
    }

    /** Gives the item back without having done anything: it is due again at once, and used up no attempt. */
    public void giveBack() {
        run(handle -> {
            fence(handle, Duration.ZERO);
            locks.free(handle, store.now());
            Claims.release(handle, claim, store.now(), Optional.empty());
        });
        finished = true;
    }
}
