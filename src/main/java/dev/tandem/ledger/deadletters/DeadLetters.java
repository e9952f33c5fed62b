package dev.tandem.ledger.deadletters;

import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Journal;
import dev.tandem.ledger.effects.Waiters;
import dev.tandem.ledger.storage.Store;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.mapper.reflect.ColumnName;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * What a person can do about effects that do not go by themselves: look at them, have one sent, or give it up (protocol 4).
 * A retry works on the newest state of the record, never on an old payload.
 */
public record DeadLetters(Store store) {
    /** @param since when it came to its present state */
    public record Letter(
            @Nested Effect effect, @ColumnName("changed_at") Instant since) {}

    /** @param total how many there are, of which {@code letters} may be the newest only */
    public record Page(List<Letter> letters, long total) {}

    /** What became of a person's request. */
    public enum Outcome {
        DONE,
        /** There is no effect with this id, or no longer. */
        NO_SUCH_ID,
        /** It is neither parked nor waiting nor baseline: it is under way, sent, or given up. */
        NOT_LISTED,
        /** It waits for consent, which is never skipped. */
        NEEDS_CONSENT,
        /** Both sides decided differently: nothing is sent for it. */
        CONFLICT
    }

    /** @param before the effect as it was; none without one */
    public record Verdict(long id, Outcome outcome, Optional<Effect> before) {}

    /**
     * Who asks for it, and why; both go into the journal.
     *
     * @param by such as {@code command line}
     */
    public record Asked(String by, Optional<String> because) {
        String text() {
            return by + because.map(reason -> ": " + reason).orElse("");
        }
    }

    private static final String CONFLICT = "conflict";

    /** Effects in these states, the newest first. */
    public Page list(Collection<EffectState> states, Optional<String> reason, int most) {
        return store.read(handle -> new Page(
                select(handle, "*", states, reason, "order by changed_at desc, id desc limit " + most)
                        .map(ConstructorMapper.of(Letter.class))
                        .list(),
                select(handle, "count(*)", states, reason, "").mapTo(Long.class).one()));
    }

    /**
     * Effects in one state for one reason.
     *
     * @param sample the record of one of them
     */
    public record ReasonCount(
            Optional<String> code,
            String kind,
            @ColumnName("effects") long count,
            Instant oldest,
            Instant newest,
            String sample) {}

    /** Why effects are in this state, the most frequent first. */
    public List<ReasonCount> reasons(EffectState state) {
        return store.read(handle -> handle.createQuery("""
                        select reason_code as code, kind, count(*) as effects, min(changed_at) as oldest,
                               max(changed_at) as newest, min(record) as sample
                          from effect where state = :state group by reason_code, kind
                         order by count(*) desc, reason_code, kind
                        """)
                .bind("state", state.column())
                .map(ConstructorMapper.of(ReasonCount.class))
                .list());
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
    public Verdict retry(long id, Asked asked) {
        Verdict verdict = retryOne(id, asked);
        store.signals().raise();
        return verdict;
    }

    /**
     * Has all sent that are parked, or those parked for one reason. What may have arrived goes only where its reason is named,
     * and a conflict never.
     */
    public List<Verdict> retryAll(Optional<String> reason, Asked asked) {
        return retryAll(effect -> true, reason, asked);
    }

    /** The same of one flow, whatever the reason. */
    public List<Verdict> retryAll(String flow, Asked asked) {
        return retryAll(effect -> effect.flow().equals(flow), Optional.empty(), asked);
    }

    private List<Verdict> retryAll(Predicate<Effect> which, Optional<String> reason, Asked asked) {
        List<Effect> parked =
                store.read(handle -> select(handle, "*", List.of(EffectState.PARKED), reason, "order by id")
                        .map(Effects.MAPPER)
                        .list());
        List<Verdict> verdicts = parked.stream()
                .filter(which.and(
                        effect -> !CONFLICT.equals(effect.kind()) && (reason.isPresent() || !effect.mayHaveArrived())))
                .map(effect -> retryOne(effect.id(), asked))
                .toList();
        store.signals().raise();
        return verdicts;
    }

    private Verdict retryOne(long id, Asked asked) {
        return changed(id, DeadLetters::mayBeRetried, Effect::askedFor, "retried", asked);
    }

    /** Gives one up: a referral for ever, anything else until its input is another one. */
    public Verdict discard(long id, Asked asked) {
        // Its worker notes with what it was discarded, and lets go of the snapshot if nothing else needs it.
        Verdict verdict = changed(
                id,
                effect -> isListed(effect) ? Outcome.DONE : Outcome.NOT_LISTED,
                effect -> effect.discarded(asked.text()),
                "discarded",
                asked);
        store.signals().raise();
        return verdict;
    }

    private Verdict changed(
            long id, Function<Effect, Outcome> outcome, UnaryOperator<Effect> change, String event, Asked asked) {
        return store.in(handle -> {
            Verdict verdict = locked(handle, id)
                    .map(effect -> new Verdict(id, outcome.apply(effect), Optional.of(effect)))
                    .orElse(new Verdict(id, Outcome.NO_SUCH_ID, Optional.empty()));
            verdict.before().filter(effect -> verdict.outcome() == Outcome.DONE).ifPresent(effect -> {
                Instant now = store.now();
                Effect changed = Effects.save(handle, change.apply(effect), now);
                Journal.write(handle, now, effect, event, effect.reasonCode(), asked.text());
                if (changed.state() == EffectState.DISCARDED) {
                    Waiters.wake(handle, List.of(effect.condition()), now);
                }
                Waiters.mark(handle, effect.flow(), effect.record(), now);
                store.tally().count(effect.flow(), effect.kind(), event);
            });
            return verdict;
        });
    }

    /** The item first, as workers do: else the two could end each other. */
    private static Optional<Effect> locked(Handle handle, long id) {
        Optional<Effect> seen = byId(handle, id, "");
        seen.ifPresent(effect -> handle.createQuery(
                        "select id from work_item where flow = :flow and record = :record for update")
                .bindMethods(effect)
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
        if (!isListed(effect)) {
            return Outcome.NOT_LISTED;
        }
        if (CONFLICT.equals(effect.kind())) {
            return Outcome.CONFLICT;
        }
        return Objects.equals(effect.waitingFor(), Effect.CONSENT) ? Outcome.NEEDS_CONSENT : Outcome.DONE;
    }

    private static boolean isListed(Effect effect) {
        return effect.state() == EffectState.PARKED
                || effect.state() == EffectState.WAITING
                || effect.state() == EffectState.BASELINE;
    }

    private static Query select(
            Handle handle, String what, Collection<EffectState> states, Optional<String> reason, String order) {
        Query query = handle.createQuery("select " + what + " from effect where state in (<states>) "
                        + (reason.isPresent() ? "and reason_code = :reason " : "") + order)
                .bindList("states", states.stream().map(EffectState::column).toList());
        reason.ifPresent(code -> query.bind("reason", code));
        return query;
    }
}
