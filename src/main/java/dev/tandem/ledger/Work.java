package dev.tandem.ledger;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import dev.tandem.outcome.Unmappable;
import dev.tandem.outcome.Waits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * One claimed item in the hands of one worker: from the claim until it is settled or given back. Each method is one
 * transaction that makes sure that the claim still holds; not safe for several threads.
 */
public final class Work {
    /** The effect that stands for "this record cannot be read at all" (protocol 1). */
    static final String READ = "read";

    private final LedgerParts parts;
    private final Claim claim;
    private final Map<String, Effect> effects = new LinkedHashMap<>();
    private final Outlook outlook = new Outlook();
    private List<Effect> underWay = List.of();
    private Map<String, Proposal> proposed = Map.of();
    private boolean finished;
    private String version;
    private String twinFlow = "";

    Work(LedgerParts parts, Claim claim) {
        this.parts = parts;
        this.claim = claim;
        for (Effect effect : parts.transactions().read(handle -> Effects.of(handle, claim.flow(), claim.record()))) {
            effects.put(effect.key(), effect);
        }
    }

    public String flow() {
        return claim.flow();
    }

    public String record() {
        return claim.record();
    }

    /** What the ledger knows of this record's effects, by key. */
    public Map<String, Effect> effects() {
        return effects;
    }

    /** What this worker found out about the record and is to be written down when it settles. */
    public Outlook outlook() {
        return outlook;
    }

    /** The version of routes and mappings that works on it, for the journal. */
    public void workedBy(String versionInForce) {
        version = versionInForce;
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
    public boolean lock(String name) {
        boolean taken = parts.transactions().in(handle -> {
            parts.claims().fence(handle, claim, Duration.ZERO);
            if (parts.locks().take(handle, claim, name)) {
                return true;
            }
            // In the same transaction, which still holds the lock's row: whoever frees it sees us.
            parts.locks().free(handle, claim);
            Releases.back(handle, claim, heldUntil(handle, name), Optional.of(name));
            return false;
        });
        finished = finished || !taken;
        return taken;
    }

    private static Instant heldUntil(Handle handle, String name) {
        return handle.createQuery("select held_until from target_lock where name = :name")
                .bind("name", name)
                .mapTo(Instant.class)
                .one();
    }

    /** Which of the candidates are owed now, in their order; see {@link Decision}. */
    public List<JsonNode> decide(List<JsonNode> candidates, Set<String> once) {
        return parts.transactions().in(handle -> {
            parts.claims().fence(handle, claim, Duration.ZERO);
            effect(READ).ifPresent(effect -> remove(handle, effect));
            // Before any call that rests on them.
            outlook.ties().forEach(tie -> Ties.save(handle, flow(), tie));
            return new Decision(handle, this, parts, once).of(candidates);
        });
    }

    /**
     * Commits that these are about to be sent. Whoever calls must then send, at once, and tell the outcome.
     *
     * @return those that may be sent: not what was parked or discarded with the same input, nor what must wait
     */
    public List<Proposal> intend(List<Proposal> proposals, Terms terms) {
        Map<String, Proposal> granted = new LinkedHashMap<>();
        List<Effect> intended = parts.transactions().in(handle -> {
            granted.clear();
            parts.claims().fence(handle, claim, terms.deadline());
            List<Effect> going = new ArrayList<>();
            for (Proposal proposal : proposals) {
                intend(handle, proposal, terms).ifPresent(effect -> {
                    granted.put(proposal.key(), proposal);
                    going.add(effect);
                });
            }
            return going;
        });
        intended.forEach(effect -> effects.put(effect.key(), effect));
        underWay = intended;
        proposed = granted;
        return List.copyOf(granted.values());
    }

    private Optional<Effect> intend(Handle handle, Proposal proposal, Terms terms) {
        Effect effect = effect(proposal.key()).orElseGet(() -> fresh(proposal.key(), proposal.kind()));
        boolean triedSo = (effect.state() == EffectState.PARKED || effect.state() == EffectState.DISCARDED)
                && parts.seal().matches(effect.inputHash(), proposal.input());
        if (triedSo) {
            return Optional.empty();
        }
        Optional<String> first = terms.after().flatMap(flow -> Order.whatComesFirst(handle, flow, namesOfThis()));
        if (first.isPresent()) {
            waitFor(handle, effect, first.get(), Order.words(first.get()));
            return Optional.empty();
        }
        Instant now = parts.clock().now();
        boolean repeat = effect.state() == EffectState.UNKNOWN && !terms.repeatable();
        Effect intended = effect.intended(
                now,
                now.plus(terms.deadline()),
                terms.repeatable(),
                parts.seal().fingerprint(proposal.input()),
                proposal.facts().orElse(null));
        if (repeat) {
            intended = intended.possibleRepeat(true);
            parts.tally().count(flow(), proposal.kind(), "possible-repeat");
        }
        return Optional.of(save(handle, intended, "intended"));
    }

    /** What was intended last has been done. A late success counts for its own attempt, even without the lease. */
    public void confirm() {
        confirm(proposed.keySet(), Optional.empty());
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
        List<Effect> done =
                underWay.stream().filter(effect -> keys.contains(effect.key())).toList();
        underWay =
                underWay.stream().filter(effect -> !keys.contains(effect.key())).toList();
        parts.transactions().run(handle -> {
            done.forEach(effect -> confirm(handle, effect));
            shownBy.ifPresent(otherFlow -> Links.forgetWhatTwinsShow(handle, otherFlow, record()));
        });
        done.forEach(effect -> parts.tally().count(flow(), effect.kind(), "sent"));
        parts.signals().raise();
    }

    private void confirm(Handle handle, Effect effect) {
        boolean ours = handle.createQuery("select attempt from effect where id = :id for update")
                .bind("id", effect.id())
                .mapTo(Integer.class)
                .findOne()
                .filter(attempt -> attempt == effect.attempt())
                .isPresent();
        if (ours) {
            save(handle, effect.confirmed(proposed.get(effect.key()).said().orElse("")), "confirmed");
            wakeWaiters(handle, effect);
        }
    }

    /**
     * The call under way was answered, but says nothing yet of its effects: they are intended again, each with a call of its
     * own, or with a further one. They stay intended meanwhile.
     */
    public void toldApart() {
        underWay = List.of();
    }

    /** The target already holds all of it: nothing to send, and nothing to write unless something else was known. */
    public void alreadyThere(String key, String kind) {
        Optional<Effect> stored = effect(key).filter(effect -> effect.state() != EffectState.CONFIRMED);
        stored.ifPresent(effect -> parts.transactions().run(handle -> {
            parts.claims().fence(handle, claim, Duration.ZERO);
            save(handle, effect.confirmed(""), "already there");
            wakeWaiters(handle, effect);
        }));
        parts.tally().count(flow(), kind, "already-there");
    }

    /**
     * What came in the way of the effects under way; or, before any was intended, of the named one; or, with no name, of
     * reading the record at all.
     */
    public void failed(Throwable failure, Optional<String> key, Optional<String> kind) {
        List<Effect> hit = !underWay.isEmpty()
                ? underWay
                : List.of(key.map(name -> effect(name).orElseGet(() -> fresh(name, kind.orElse(name))))
                        .orElseGet(() -> effect(READ).orElseGet(() -> fresh(READ, READ))));
        boolean called = !underWay.isEmpty();
        underWay = List.of();
        parts.transactions().run(handle -> {
            parts.claims().fence(handle, claim, Duration.ZERO);
            for (Effect effect : hit) {
                failed(handle, effect, failure, called);
            }
        });
    }

    private void failed(Handle handle, Effect effect, Throwable failure, boolean called) {
        Instant now = parts.clock().now();
        Effect next;
        if (failure instanceof NotSent notSent) {
            next = notSent(effect, notSent, now);
        } else if (failure instanceof AnswerLost lost) {
            // Nothing was intended: it was a read, which may simply be repeated.
            next = called
                    ? LostAnswers.after(effect, parts.settings(), now, lost.code(), lost.getMessage())
                    : retried(effect, now, lost);
        } else if (failure instanceof Refused refused) {
            next = effect.parked(
                    refusedFor(refused), stumbledOver(effect, refused), refused.code(), refused.getMessage());
        } else if (failure instanceof Unmappable unmappable) {
            byte[] over = unmappable.stumbledOver().getBytes(StandardCharsets.UTF_8);
            if (effect.state() == EffectState.PARKED && parts.seal().matches(effect.inputHash(), over)) {
                return;
            }
            next = effect.parked(
                    ParkedFor.MAPPING, parts.seal().fingerprint(over), unmappable.code(), unmappable.getMessage());
        } else if (failure instanceof Waits waits) {
            waitFor(handle, effect, waits.condition(), waits.getMessage());
            return;
        } else if (called) {
            next = LostAnswers.after(
                    effect,
                    parts.settings(),
                    now,
                    "unexpected",
                    "unexpected " + failure.getClass().getSimpleName());
        } else {
            next = effect.parked(
                    ParkedFor.MAPPING,
                    null,
                    "unexpected",
                    "unexpected " + failure.getClass().getSimpleName() + ": see the log of this moment");
        }
        save(handle, next, next.state() == EffectState.PARKED ? "parked" : "to be tried again");
        if (next.state() == EffectState.PARKED) {
            wakeWaiters(handle, effect);
        }
    }

    /** What was intended; of a record that could be read but not brought anywhere, the record itself. */
    private String stumbledOver(Effect effect, Refused refused) {
        return effect.key().equals(READ) && refused.status() == 0
                ? outlook.content().map(parts.seal()::fingerprint).orElse(null)
                : effect.inputHash();
    }

    private static ParkedFor refusedFor(Refused refused) {
        return "saved-in-part".equals(refused.code()) ? ParkedFor.PERSON : ParkedFor.INPUT;
    }

    private Effect notSent(Effect effect, NotSent failure, Instant now) {
        if (failure.usesAttempt()) {
            return retried(effect, now, failure);
        }
        Instant next = now.plus(failure.retryAfter().orElse(parts.settings().retryMin()));
        return effect.owed(effect.failures(), next, failure.code(), failure.getMessage());
    }

    private Effect retried(Effect effect, Instant now, Setback failure) {
        int failures = effect.failures() + 1;
        if (failures >= parts.settings().attempts()) {
            return effect.parked(
                    ParkedFor.INPUT, null, "gave-up", failures + " tries failed; last: " + failure.getMessage());
        }
        Duration wait =
                new Backoff(parts.settings().retryMin(), parts.settings().retryMax()).after(failures);
        return effect.owed(failures, now.plus(wait), failure.code(), failure.getMessage());
    }

    /** The flow whose item of this record's twin is marked when what it depends on has changed here. */
    public void wakes(String otherFlow) {
        twinFlow = otherFlow;
    }

    /** Settles the item if it can be, else makes it pending again for its next moment. */
    public void settle() {
        parts.transactions().run(handle -> {
            boolean newest = parts.claims().fence(handle, claim, Duration.ZERO);
            Settlement.write(handle, parts, claim, this, newest, twinFlow);
        });
        finished = true;
        parts.signals().raise();
    }

    /** Gives the item back without having done anything: it is due again at once, and used up no attempt. */
    public void giveBack() {
        parts.transactions().run(handle -> {
            parts.claims().fence(handle, claim, Duration.ZERO);
            parts.locks().free(handle, claim);
            Releases.back(handle, claim, parts.clock().now(), Optional.empty());
        });
        finished = true;
    }

    private List<String> namesOfThis() {
        List<String> names = new ArrayList<>(outlook.names());
        names.add(record());
        return names;
    }

    Optional<Effect> effect(String key) {
        return Optional.ofNullable(effects.get(key));
    }

    Effect fresh(String key, String kind) {
        return Effect.fresh(flow(), record(), key, kind);
    }

    Effect save(Handle handle, Effect effect, String event) {
        Instant now = parts.clock().now();
        Effect saved = Effects.save(handle, effect, now);
        Journal.write(handle, now, saved, event, version);
        effects.put(saved.key(), saved);
        switch (saved.state()) {
            case PARKED -> parts.tally().count(flow(), saved.kind(), "parked");
            case WAITING -> parts.tally().count(flow(), saved.kind(), "waiting");
            case BASELINE -> parts.tally().count(flow(), saved.kind(), "baseline");
            default -> {}
        }
        return saved;
    }

    void remove(Handle handle, Effect effect) {
        Effects.remove(handle, effect);
        Journal.write(handle, parts.clock().now(), effect, "no longer owed", version);
        effects.remove(effect.key());
        wakeWaiters(handle, effect);
    }

    void waitFor(Handle handle, Effect effect, String condition, String words) {
        if (effect.state() == EffectState.WAITING && condition.equals(effect.waitingFor())) {
            return;
        }
        save(handle, effect.waiting(condition, parts.clock().now(), words), "waiting");
    }

    void dueAgain(Instant at) {
        outlook.dueAgain(at);
    }

    private void wakeWaiters(Handle handle, Effect effect) {
        Waiters.wake(
                handle,
                List.of("effect:" + effect.flow() + ":" + effect.record() + ":" + effect.key()),
                parts.clock().now());
    }

    Collection<Effect> all() {
        return effects.values();
    }
}
