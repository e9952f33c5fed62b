package dev.tandem.ledger.items;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.effects.Note;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Storable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

/**
 * One claimed item in the hands of one worker: from the claim until it is settled or given back. Each method is one
 * transaction that makes sure that the claim still holds; not safe for several threads.
 */
public final class Work {
    private final LedgerParts parts;
    private final Claim claim;
    private final KnownEffects effects;
    private final WorkResult result = new WorkResult();
    private final Set<String> locks = new HashSet<>();
    private final boolean payloadKept;
    private boolean askedForLock;
    private boolean inDoubt;
    private List<Effect> underWay = List.of();
    private List<Done> unrecorded = List.of();
    private Map<String, Proposal> proposed = Map.of();
    private boolean keepsInput;
    private Optional<CallKind> kindOfCall = Optional.empty();
    private boolean finished;
    private boolean outcomeUnwritten;
    private String twinFlow = "";

    /** An effect whose call has succeeded, to be written down. */
    private record Done(Effect effect, String confirmedValue, boolean keepsInput, Optional<CallKind> kind) {}

    /**
     * @param known its effects, read after the claim: until the lease is lost nobody else adds one
     * @param payloadKept whether there is a snapshot of the claimed generation or an older one
     */
    public Work(LedgerParts parts, Claim claim, List<Effect> known, boolean payloadKept) {
        this.parts = parts;
        this.claim = claim;
        this.payloadKept = payloadKept;
        this.effects = new KnownEffects(parts, claim, known);
    }

    /** One transaction; after one that failed, what is known here may not be what was committed. */
    private <T> T in(HandleCallback<T, RuntimeException> work) {
        boolean doubtful = inDoubt;
        inDoubt = true;
        List<Done> done = unrecorded;
        T result;
        try {
            result = parts.transactions().in(handle -> {
                done.forEach(effect -> confirm(handle, effect));
                return work.withHandle(handle);
            });
        } catch (LostLease lost) {
            // A late success counts for its own attempt all the same.
            if (!done.isEmpty()) {
                parts.transactions().run(handle -> done.forEach(effect -> confirm(handle, effect)));
                recorded(done);
            }
            throw lost;
        }
        recorded(done);
        inDoubt = doubtful;
        return result;
    }

    private void recorded(List<Done> done) {
        unrecorded = List.of();
        done.forEach(one -> parts.tally().count(flow(), one.effect().kind(), "sent"));
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

    /** Whether an event has told of the record since it was last settled: somebody may be waiting for it. */
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

    /**
     * Takes the lock of the target's record. If another item holds it, this one is given back, uses up no attempt and is
     * woken when the lock is free.
     *
     * @return whether the lock was taken
     */
    public boolean lock(String lockedName) {
        String name = Storable.identity(lockedName, Storable.NAME);
        // Also if the answer to the commit is lost: then the lock is held and not among those that are known.
        askedForLock = true;
        boolean taken = in(handle -> {
            fence(handle, Duration.ZERO);
            if (parts.locks().take(handle, claim, name)) {
                return true;
            }
            // In the same transaction, which still holds the lock's row: whoever frees it sees us.
            parts.locks().free(handle, claim);
            Releases.back(handle, claim, heldUntil(handle, name), Optional.of(name));
            return false;
        });
        if (taken) {
            locks.add(name);
        }
        finished = finished || !taken;
        return taken;
    }

    /**
     * Makes sure that the claim holds, and reads the effects as they are now.
     *
     * @return whether the claimed generation is still the newest
     */
    private boolean fence(Handle handle, Duration leaseNeeded) {
        return fence(handle, parts.clock().now(), leaseNeeded);
    }

    private boolean fence(Handle handle, Instant now, Duration leaseNeeded) {
        boolean newest = parts.claims().fence(handle, claim, now, leaseNeeded, locks.size());
        effects.readAgain(handle);
        return newest;
    }

    private static Instant heldUntil(Handle handle, String name) {
        return handle.createQuery("select held_until from target_lock where name = :name")
                .bind("name", name)
                .mapTo(Instant.class)
                .one();
    }

    /**
     * Which of the candidates are owed now, in their order; see {@link Decision}. Of a record of which nothing was known and
     * nothing is to be remembered, it needs no transaction: whoever has taken it over is met when something is intended.
     */
    public List<JsonNode> decide(List<JsonNode> candidates, Set<String> once) {
        if (!effects.any() && result.entryMatches().isEmpty()) {
            Optional<List<JsonNode>> owed = Decision.withoutWriting(effects, parts, once, candidates);
            if (owed.isPresent()) {
                return owed.get();
            }
        }
        return in(handle -> {
            fence(handle, Duration.ZERO);
            effects.of(Effect.READ).ifPresent(effect -> effects.remove(handle, effect));
            // Before any call that rests on them.
            result.entryMatches().forEach(match -> EntryMatches.save(handle, flow(), match));
            return new Decision(handle, effects, parts, once).of(candidates);
        });
    }

    /**
     * Commits that these are about to be sent. Whoever calls must then send, at once, and tell the outcome.
     *
     * @return those that may be sent, what others need before those that need it; see {@link Intention}
     */
    public List<Proposal> intend(List<Proposal> proposals, Terms terms) {
        Map<String, Effect> decidedOn = Map.copyOf(effects());
        Optional<Intention> made = in(handle -> {
            Instant now = parts.clock().now();
            boolean newest = fence(handle, now, terms.deadline());
            if (!newest && terms.after().isPresent()) {
                // What comes first may have settled, and marked this, since its standing was read here: it is worked
                // again.
                return Optional.empty();
            }
            return Optional.of(
                    new Intention(handle, effects, parts, claim, terms, namesOfThis(), now).of(proposals, decidedOn));
        });
        underWay = made.map(Intention::intended).orElse(List.of());
        proposed = made.map(Intention::granted).orElse(Map.of());
        keepsInput = terms.onlyIfChanged();
        kindOfCall = terms.kindOfCall();
        return List.copyOf(proposed.values());
    }

    /** What was intended last has been done. A late success counts for its own attempt, even without the lease. */
    public void confirm() {
        confirm(proposed.keySet(), Optional.empty());
    }

    /**
     * The same, but written down with whatever is written next. Only where nothing is asked of anybody before that: if the
     * process dies meanwhile, the answer is lost.
     */
    public void confirmWithTheNext() {
        done(proposed.keySet());
    }

    private void done(Set<String> keys) {
        List<Done> done = new ArrayList<>(unrecorded);
        underWay.stream()
                .filter(effect -> keys.contains(effect.key()))
                .forEach(effect -> done.add(new Done(
                        effect, proposed.get(effect.key()).confirmedValue().orElse(""), keepsInput, kindOfCall)));
        unrecorded = List.copyOf(done);
        underWay =
                underWay.stream().filter(effect -> !keys.contains(effect.key())).toList();
    }

    /**
     * The same, where the target answers yes to more than it does, or people there may undo it at once: the linked items of
     * that flow are compared anew at their next mark, even if nothing has changed in what they show.
     */
    public void confirmToBeShownBy(String otherFlow) {
        confirm(proposed.keySet(), Optional.of(otherFlow));
    }

    /** Of what was intended last, these have been done; what comes of the others is still to be told. */
    public void confirm(Set<String> keys) {
        confirm(keys, Optional.empty());
    }

    private void confirm(Set<String> keys, Optional<String> shownBy) {
        // If the database does not answer now, whatever is written next says so: the success is not lost with it.
        done(keys);
        run(handle -> shownBy.ifPresent(otherFlow -> Links.forgetWhatTwinsShow(handle, otherFlow, record())));
        parts.signals().raise();
    }

    private void confirm(Handle handle, Done done) {
        Effect effect = done.effect();
        boolean ours = handle.createQuery("select attempt from effect where id = :id for update")
                .bind("id", effect.id())
                .mapTo(Integer.class)
                .findOne()
                .filter(attempt -> attempt == effect.attempt())
                .isPresent();
        if (ours) {
            effects.save(
                    handle,
                    effect.confirmed(done.confirmedValue(), done.keepsInput() ? effect.inputHash() : null),
                    "confirmed");
            done.kind()
                    .ifPresent(kind ->
                            HeldCalls.answered(handle, kind, true, parts.clock().now(), parts.settings()));
        }
    }

    /**
     * The call under way was answered, but says nothing yet of its effects: they are intended again, each with a call of its
     * own, or with a further one. They stay intended meanwhile.
     */
    public void distinct() {
        underWay = List.of();
    }

    private static boolean isNews(Effect known, Optional<String> value) {
        return known.state() != EffectState.CONFIRMED
                || value.filter(now -> !now.equals(known.confirmedValue())).isPresent();
    }

    /** The target already holds all of it: nothing to send, and nothing to write unless something else was known. */
    public void alreadyThere(String key, String kind, Optional<String> value) {
        if (effects.of(key).filter(effect -> isNews(effect, value)).isPresent()) {
            run(handle -> {
                fence(handle, Duration.ZERO);
                effects.of(key)
                        .ifPresent(effect -> effects.save(handle, effect.confirmed(value.orElse("")), "already there"));
            });
        }
        parts.tally().count(flow(), kind, "already-there");
    }

    /**
     * What came in the way of the effects under way; or, before any was intended, of the named one; or, with no name, of
     * reading the record at all.
     */
    public void failed(Throwable failure, Optional<String> key, Optional<String> kind) {
        List<Effect> hit = underWay;
        underWay = List.of();
        outcomeUnwritten = true;
        // What could not be written down has been done all the same.
        boolean wasDone = unrecorded.stream()
                .anyMatch(done -> key.filter(done.effect().key()::equals).isPresent());
        run(handle -> {
            fence(handle, Duration.ZERO);
            Setbacks setbacks = new Setbacks(handle, this, parts);
            if (hit.isEmpty() && wasDone) {
                return;
            }
            if (hit.isEmpty()) {
                String name = Storable.identity(key.orElse(Effect.READ), Storable.KEY);
                setbacks.met(effects.ofOrFresh(name, Storable.kind(kind.orElse(name))), failure);
            } else {
                hit.forEach(effect -> setbacks.met(effect, failure));
            }
        });
        outcomeUnwritten = false;
    }

    /** The flow whose item of this record's twin is marked when what it depends on has changed here. */
    public void wakes(String otherFlow) {
        twinFlow = otherFlow;
    }

    /** Settles the item if it can be, else makes it pending again for its next moment. */
    public void settle() {
        if (outcomeUnwritten) {
            // Settled, nobody would ever look at it again: rather its lease runs out.
            throw new IllegalStateException("what came of the record could not be written down");
        }
        boolean atRest = isAtRest();
        run(handle -> {
            if (!atRest || !Settlement.atRest(handle, parts, claim, this, twinFlow)) {
                boolean newest = fence(handle, Duration.ZERO);
                Settlement.write(handle, parts, claim, this, newest, twinFlow);
            }
        });
        finished = true;
        parts.signals().raise();
    }

    /** All that is known of it is confirmed, which nobody else changes: nothing has to be looked at once more. */
    private boolean isAtRest() {
        return !inDoubt
                && effects.all().stream()
                        .allMatch(effect -> effect.state() == EffectState.CONFIRMED
                                || unrecorded.stream()
                                        .anyMatch(done -> done.effect().equals(effect)));
    }

    boolean payloadKept() {
        return payloadKept;
    }

    /** Frees the target locks that the claim may hold. */
    void freeLocks(Handle handle) {
        if (askedForLock && parts.locks().free(handle, claim) < locks.size()) {
            // Another item has taken one since: the lease had run out.
            throw new LostLease(flow(), record());
        }
    }

    /**
     * What the record is made of is not here and cannot be asked for: what is owed waits until its source shows the record
     * again.
     */
    public void withoutSource() {
        run(handle -> {
            fence(handle, Duration.ZERO);
            for (Effect effect : List.copyOf(effects.all())) {
                if (effect.state().open()) {
                    Effect waiting = effect.waiting(
                            "row:" + flow() + ":" + record(),
                            parts.clock().now(),
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
            parts.locks().free(handle, claim);
            Releases.back(handle, claim, parts.clock().now(), Optional.empty());
        });
        finished = true;
    }

    private List<String> namesOfThis() {
        List<String> names = new ArrayList<>(result.names());
        names.add(record());
        return names;
    }

    /** What was proposed to be said by the effects under way, by key. */
    Optional<Proposal> proposed(String key) {
        return Optional.ofNullable(proposed.get(key));
    }

    /** Of the call under way. */
    Optional<CallKind> kindOfCall() {
        return kindOfCall;
    }

    KnownEffects known() {
        return effects;
    }
}
