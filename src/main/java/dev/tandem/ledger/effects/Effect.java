package dev.tandem.ledger.effects;

import java.time.Instant;
import java.util.function.Consumer;
import org.jdbi.v3.core.mapper.reflect.ColumnName;

/**
 * One thing to be done to the target, by its natural identity. Fields that do not apply to its state are null. Each method that
 * returns an effect is one step of its life.
 *
 * @param key kind and identity in clear, such as {@code referral:<row>:<referral>}
 * @param attempt the number of the last attempt; an outcome is recorded for the attempt it belongs to
 * @param failures tries that came to nothing since it was last owed anew
 * @param lostAnswers attempts whose answer was lost
 * @param possibleRepeat whether it may stand in the target more than once
 * @param repeatable whether a lost answer may be followed by a repeat that nobody has to know of
 * @param confirmedValue in clear what was confirmed, compared before it is sent again
 * @param inputHash keyed hash of what it was parked or discarded with
 * @param facts codes and ids about what was sent, as JSON; nothing personal
 * @param forcedByOperator a person asked for it: it goes without what it would wait for, but never without consent
 */
public record Effect(
        long id,
        String flow,
        String record,
        @ColumnName("effect_key") String key,
        String kind,
        EffectState state,
        int attempt,
        int failures,
        int lostAnswers,
        boolean possibleRepeat,
        boolean repeatable,
        @ColumnName("said") String confirmedValue,
        String inputHash,
        ParkedFor parkedFor,
        String reasonCode,
        String reason,
        String waitingFor,
        Instant waitingSince,
        int sweepsWaited,
        Instant nextAt,
        Instant callDeadline,
        Instant sentAt,
        String facts,
        @ColumnName("insisted") boolean forcedByOperator) {
    /** The effect that stands for "this record cannot be read at all" (protocol 1). */
    public static final String READ = "read";

    /** Begins the condition of what waits for a person to approve an edit or a first sync. */
    public static final String APPROVAL = "approve:";

    /** The beginning of the condition that an NGO takes part: a setting makes it true, and nothing else. */
    public static final String NGO = "ngo:";

    /** A condition that nobody can skip. */
    public static final String CONSENT = "consent";

    public static Effect fresh(String flow, String record, String key, String kind) {
        Draft fresh = new Draft(flow, record, key, kind);
        fresh.state = EffectState.OWED;
        fresh.repeatable = true;
        return fresh.effect();
    }

    /** What others wait for until its outcome is known. */
    public String condition() {
        return "effect:" + flow + ":" + record + ":" + key;
    }

    /**
     * Whether it may stand in the target although nothing has confirmed it, and nothing can tell: whoever sends it again
     * must name it as a possible repeat, and nobody but a person, or the one resend of a lost answer, may.
     */
    public boolean mayHaveArrived() {
        return state != EffectState.CONFIRMED
                && (parkedFor == ParkedFor.PERSON
                        || (!repeatable && (lostAnswers > 0 || state == EffectState.UNKNOWN)));
    }

    /** A person wants it sent: owed anew, whatever it was parked with or waits for. */
    public Effect askedFor() {
        return becomes(mayHaveArrived() ? EffectState.UNKNOWN : EffectState.OWED, null, null, next -> {
            next.failures = 0;
            next.lostAnswers = lostAtLeast();
            next.forcedByOperator = true;
        });
    }

    /** A person does not want it sent. The input it was parked with is kept: another one is another matter. */
    public Effect discarded(String words) {
        return becomes(EffectState.DISCARDED, "discarded", words, next -> {
            next.failures = 0;
            next.lostAnswers = lostAtLeast();
            next.inputHash = inputHash;
        });
    }

    private int lostAtLeast() {
        return mayHaveArrived() ? Math.max(1, lostAnswers) : lostAnswers;
    }

    /** Discarded before it was known with what. */
    public Effect discardedWith(String hash) {
        return becomes(EffectState.DISCARDED, reasonCode, reason, next -> {
            next.failures = 0;
            next.inputHash = hash;
        });
    }

    public Effect owed(int failuresNow, Instant due, String code, String words) {
        return becomes(EffectState.OWED, code, words, next -> {
            next.failures = failuresNow;
            next.nextAt = due;
            next.forcedByOperator = forcedByOperator;
        });
    }

    /** The same, at a later moment: it used up nothing. */
    public Effect later(Instant due) {
        return becomes(state, reasonCode, reason, next -> {
            next.inputHash = inputHash;
            next.parkedFor = parkedFor;
            next.nextAt = due;
            next.forcedByOperator = forcedByOperator;
        });
    }

    /** About to be sent. Met again, a condition was waited for all along: the sweeps that did not end it still count. */
    public Effect intended(Instant now, Instant deadline, boolean canRepeat, String hash, String newFacts) {
        return becomes(EffectState.INTENDED, null, null, next -> {
            next.attempt = attempt + 1;
            next.failures = state == EffectState.PARKED ? 0 : failures;
            next.repeatable = canRepeat;
            next.inputHash = hash;
            next.waitingFor = waitingFor;
            next.waitingSince = waitingSince;
            next.sweepsWaited = sweepsWaited;
            next.callDeadline = deadline;
            next.sentAt = now;
            next.facts = newFacts == null ? facts : newFacts;
            next.forcedByOperator = forcedByOperator;
        });
    }

    public Effect confirmed(String value) {
        return confirmed(value, null);
    }

    /** @param madeOf the hash of what it was made of, if what it is made of next time is to be told from that; else null */
    public Effect confirmed(String value, String madeOf) {
        return becomes(EffectState.CONFIRMED, null, null, next -> {
            next.failures = 0;
            next.confirmedValue = value;
            next.inputHash = madeOf;
        });
    }

    /** Confirmed, with how that came about. */
    public Effect noted(Note note) {
        return becomes(state, note.code(), note.words(), next -> {
            next.inputHash = inputHash;
            next.parkedFor = parkedFor;
        });
    }

    public Effect lost(int failuresNow, Instant due, String code, String words) {
        return becomes(EffectState.UNKNOWN, code, words, next -> {
            next.failures = failuresNow;
            next.lostAnswers = lostAnswers + 1;
            next.inputHash = inputHash;
            next.nextAt = due;
            next.forcedByOperator = forcedByOperator;
        });
    }

    public Effect parked(ParkedFor what, String hash, String code, String words) {
        return becomes(EffectState.PARKED, code, words, next -> {
            next.parkedFor = what;
            next.inputHash = hash;
        });
    }

    public Effect waiting(String condition, Instant now, String words) {
        boolean again = condition.equals(waitingFor);
        String code = condition.startsWith(NGO) ? "ngo-not-live" : condition.startsWith(APPROVAL) ? "braked" : "waits";
        return becomes(EffectState.WAITING, code, words, next -> {
            next.waitingFor = condition;
            next.waitingSince = again ? waitingSince : now;
            next.sweepsWaited = again ? sweepsWaited : 0;
        });
    }

    public Effect baseline() {
        return baseline("baseline", "older than this ledger");
    }

    public Effect baseline(String code, String words) {
        return becomes(EffectState.BASELINE, code, words, next -> next.failures = 0);
    }

    /** As if its answer had been lost: whoever sends it again names it as a possible repeat. */
    public Effect mayHaveBeenSent(Instant now, String words) {
        return intended(now, now, false, null, null)
                .lost(0, null, "baseline", "")
                .baseline("may-have-been-sent", words);
    }

    public Effect forcedByOperator(boolean forced) {
        return with(next -> next.forcedByOperator = forced);
    }

    public Effect possibleRepeat(boolean may) {
        return with(next -> next.possibleRepeat = may);
    }

    Effect withId(long newId) {
        return with(next -> next.id = newId);
    }

    /** Another state: of what belonged to the one before, only that stays which the change takes over. */
    private Effect becomes(EffectState newState, String code, String words, Consumer<Draft> change) {
        Draft next = lasting();
        next.state = newState;
        next.reasonCode = code;
        next.reason = words;
        change.accept(next);
        return next.effect();
    }

    private Effect with(Consumer<Draft> change) {
        Draft next = lasting();
        next.state = state;
        next.reasonCode = reasonCode;
        next.reason = reason;
        next.inputHash = inputHash;
        next.parkedFor = parkedFor;
        next.waitingFor = waitingFor;
        next.waitingSince = waitingSince;
        next.sweepsWaited = sweepsWaited;
        next.nextAt = nextAt;
        next.callDeadline = callDeadline;
        next.forcedByOperator = forcedByOperator;
        change.accept(next);
        return next.effect();
    }

    /** What does not belong to one state. */
    private Draft lasting() {
        Draft next = new Draft(flow, record, key, kind);
        next.id = id;
        next.attempt = attempt;
        next.failures = failures;
        next.lostAnswers = lostAnswers;
        next.possibleRepeat = possibleRepeat;
        next.repeatable = repeatable;
        next.confirmedValue = confirmedValue;
        next.sentAt = sentAt;
        next.facts = facts;
        return next;
    }

    /** An effect while it is changed. */
    private static final class Draft {
        private long id;
        private final String flow;
        private final String record;
        private final String key;
        private final String kind;
        private EffectState state;
        private int attempt;
        private int failures;
        private int lostAnswers;
        private boolean possibleRepeat;
        private boolean repeatable;
        private String confirmedValue;
        private String inputHash;
        private ParkedFor parkedFor;
        private String reasonCode;
        private String reason;
        private String waitingFor;
        private Instant waitingSince;
        private int sweepsWaited;
        private Instant nextAt;
        private Instant callDeadline;
        private Instant sentAt;
        private String facts;
        private boolean forcedByOperator;

        Draft(String flow, String record, String key, String kind) {
            this.flow = flow;
            this.record = record;
            this.key = key;
            this.kind = kind;
        }

        Effect effect() {
            return new Effect(
                    id,
                    flow,
                    record,
                    key,
                    kind,
                    state,
                    attempt,
                    failures,
                    lostAnswers,
                    possibleRepeat,
                    repeatable,
                    confirmedValue,
                    inputHash,
                    parkedFor,
                    reasonCode,
                    reason,
                    waitingFor,
                    waitingSince,
                    sweepsWaited,
                    nextAt,
                    callDeadline,
                    sentAt,
                    facts,
                    forcedByOperator);
        }
    }
}
