package dev.tandem.ledger.deadletters;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.items.Decision;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * What a person can do about effects that do not go by themselves: look at them, have one sent, or give it up (protocol 4).
 * A retry works on the newest state of the record, never on an old payload.
 */
public final class DeadLetters {
    /** @param since when it came to its present state */
    public record Letter(
            @Nested Effect effect, @ColumnName("changed_at") Instant since) {}

    /** @param total how many there are, of which {@code letters} may be the newest only */
    public record Page(List<Letter> letters, long total) {}

    /** What became of a person's word. */
    public enum Outcome {
        DONE,
        /** There is no effect with this id, or no longer. */
        NO_SUCH_ID,
        /** It is neither parked nor waiting nor baseline: it is under way, sent, or given up. */
        NOT_AT_REST,
        /** It waits for consent, which is never skipped. */
        NEEDS_CONSENT,
        /** Both sides decided differently: nothing is sent for it. */
        CONFLICT
    }

    /** @param before the effect as it was; none without one */
    public record Verdict(long id, Outcome outcome, Optional<Effect> before) {}

    /**
     * Who says so, and why; both go into the journal.
     *
     * @param by such as {@code command line}
     */
    public record Word(String by, Optional<String> because) {
        String text() {
            return by + because.map(reason -> ": " + reason).orElse("");
        }
    }

    private static final String CONFLICT = "conflict";

    private final Store store;

    public DeadLetters(Store store) {
        this.store = store;
    }

    /** Effects in these states, the newest first. */
    public Page list(Collection<EffectState> states, Optional<String> reason, int most) {
        String where =
                " from effect where state in (<states>)" + (reason.isPresent() ? " and reason_code = :reason" : "");
        return store.read(handle -> new Page(
                bound(
                                handle.createQuery(
                                        "select *" + where + " order by changed_at desc, id desc limit :most"),
                                states,
                                reason)
                        .bind("most", most)
                        .map(ConstructorMapper.of(Letter.class))
                        .list(),
                bound(handle.createQuery("select count(*)" + where), states, reason)
                        .mapTo(Long.class)
                        .one()));
    }

    /** One effect, whatever its state. */
    public Optional<Letter> find(long id) {
        return store.read(handle -> handle.createQuery("select * from effect where id = :id")
                .bind("id", id)
                .map(ConstructorMapper.of(Letter.class))
                .findOne());
    }

    /** What happened to a record, oldest first; of a long history the newest so many. */
    public List<Journal.Entry> journal(String flow, String record, int most) {
        return store.read(handle -> Journal.of(handle, flow, record, most));
    }

    /** Has one sent: parked, waiting or baseline. What may have arrived is named as a possible repeat once it is sent. */
    public Verdict retry(long id, Word word) {
        Verdict verdict = store.in(handle -> retry(handle, id, word));
        store.signals().raise();
        return verdict;
    }

    /**
     * Has all sent that are parked, or those parked for one reason. What may have arrived goes only where its reason is named,
     * and a conflict never.
     */
    public List<Verdict> retryAll(Optional<String> reason, Word word) {
        return retryAll(effect -> true, reason, word);
    }

    /** The same of one flow, whatever the reason. */
    public List<Verdict> retryAll(String flow, Word word) {
        return retryAll(effect -> effect.flow().equals(flow), Optional.empty(), word);
    }

    private List<Verdict> retryAll(Predicate<Effect> which, Optional<String> reason, Word word) {
        List<Long> ids = store.read(handle -> bound(
                        handle.createQuery("select * from effect where state in (<states>) and kind <> '" + CONFLICT
                                + "'" + (reason.isPresent() ? " and reason_code = :reason" : "") + " order by id"),
                        List.of(EffectState.PARKED),
                        reason)
                .map(Effects.MAPPER)
                .stream()
                .filter(which)
                .filter(effect -> reason.isPresent() || !effect.mayHaveArrived())
                .map(Effect::id)
                .toList());
        List<Verdict> verdicts = ids.stream()
                .map(id -> store.in(handle -> retry(handle, id, word)))
                .toList();
        store.signals().raise();
        return verdicts;
    }

    /** Gives one up: a referral for ever, anything else until its input is another one. */
    public Verdict discard(long id, Word word) {
        Verdict verdict = store.in(handle -> discard(handle, id, word));
        store.signals().raise();
        return verdict;
    }

    private Verdict retry(Handle handle, long id, Word word) {
        Optional<Effect> found = locked(handle, id);
        Outcome outcome = found.map(DeadLetters::mayBeRetried).orElse(Outcome.NO_SUCH_ID);
        if (outcome == Outcome.DONE) {
            Effect effect = found.orElseThrow();
            Instant now = store.now();
            Effects.save(handle, effect.askedFor(), now);
            Journal.write(handle, now, effect, "retried", effect.reasonCode(), word.text());
            Waiters.mark(handle, effect.flow(), effect.record(), now);
            store.tally().count(effect.flow(), effect.kind(), "retried");
        }
        return new Verdict(id, outcome, found);
    }

    private Verdict discard(Handle handle, long id, Word word) {
        Optional<Effect> found = locked(handle, id);
        Outcome outcome =
                found.isEmpty() ? Outcome.NO_SUCH_ID : atRest(found.get()) ? Outcome.DONE : Outcome.NOT_AT_REST;
        if (outcome == Outcome.DONE) {
            Effect effect = found.get();
            Instant now = store.now();
            Effects.save(handle, effect.discarded(word.text()), now);
            Journal.write(handle, now, effect, "discarded", effect.reasonCode(), word.text());
            Waiters.wake(handle, List.of(effect.condition()), now);
            // Its worker notes with what it was discarded, and lets go of the snapshot if nothing else needs it.
            Waiters.mark(handle, effect.flow(), effect.record(), now);
            store.tally().count(effect.flow(), effect.kind(), "discarded");
        }
        return new Verdict(id, outcome, found);
    }

    /** The item first, as workers do: else the two could end each other. */
    private static Optional<Effect> locked(Handle handle, long id) {
        Optional<Effect> seen = byId(handle, id, "");
        seen.ifPresent(effect -> handle.createQuery(
                        "select id from work_item where flow = :flow and record = :record for update")
                .bind("flow", effect.flow())
                .bind("record", effect.record())
                .mapTo(Long.class)
                .findOne());
        return seen.flatMap(effect -> byId(handle, id, " for update"));
    }

    private static Optional<Effect> byId(Handle handle, long id, String lock) {
        return handle.createQuery("select * from effect where id = :id" + lock)
                .bind("id", id)
                .map(Effects.MAPPER)
                .findOne();
    }

    private static Outcome mayBeRetried(Effect effect) {
        if (!atRest(effect)) {
            return Outcome.NOT_AT_REST;
        }
        if (CONFLICT.equals(effect.kind())) {
            return Outcome.CONFLICT;
        }
        return Objects.equals(effect.waitingFor(), Decision.CONSENT) ? Outcome.NEEDS_CONSENT : Outcome.DONE;
    }

    private static boolean atRest(Effect effect) {
        return effect.state() == EffectState.PARKED
                || effect.state() == EffectState.WAITING
                || effect.state() == EffectState.BASELINE;
    }

    private static Query bound(Query query, Collection<EffectState> states, Optional<String> reason) {
        query.bindList("states", states.stream().map(EffectState::column).toList());
        reason.ifPresent(code -> query.bind("reason", code));
        return query;
    }
}
