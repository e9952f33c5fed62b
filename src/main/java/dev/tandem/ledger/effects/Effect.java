package dev.tandem.ledger.effects;

import java.time.Instant;
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
 * @param repeatable whether a lost answer may be followed by a repeat without a word
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

    public static Effect fresh(String flow, String record, String key, String kind) {
        return new Effect(
                0,
                flow,
                record,
                key,
                kind,
                EffectState.OWED,
                0,
                0,
                0,
                false,
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                false);
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
        EffectState next = mayHaveArrived() ? EffectState.UNKNOWN : EffectState.OWED;
        return sentAtLeastOnce().becomes(next, 0, null, null, null, null, null).forcedByOperator(true);
    }

    /** A person does not want it sent. The input it was parked with is kept: another one is another matter. */
    public Effect discarded(String words) {
        return sentAtLeastOnce().becomes(EffectState.DISCARDED, 0, inputHash, null, "discarded", words, null);
    }

    private Effect sentAtLeastOnce() {
        return mayHaveArrived()
                ? with(
                        id,
                        attempt,
                        Math.max(1, lostAnswers),
                        possibleRepeat,
                        repeatable,
                        confirmedValue,
                        sentAt,
                        facts,
                        forcedByOperator)
                : this;
    }

    /** Discarded before it was known with what. */
    public Effect discardedWith(String hash) {
        return becomes(EffectState.DISCARDED, 0, hash, null, reasonCode, reason, null);
    }

    public Effect owed(int failuresNow, Instant next, String code, String words) {
        return becomes(EffectState.OWED, failuresNow, null, null, code, words, next);
    }

    /** The same, at a later moment: it used up nothing. */
    public Effect later(Instant next) {
        return becomes(state, failures, inputHash, parkedFor, reasonCode, reason, next)
                .forcedByOperator(forcedByOperator);
    }

    /** About to be sent. Met again, a condition was waited for all along: the sweeps that did not end it still count. */
    public Effect intended(Instant now, Instant deadline, boolean canRepeat, String hash, String newFacts) {
        int failuresNow = state == EffectState.PARKED ? 0 : failures;
        String factsNow = newFacts == null ? facts : newFacts;
        return with(
                        id,
                        attempt + 1,
                        lostAnswers,
                        possibleRepeat,
                        canRepeat,
                        confirmedValue,
                        now,
                        factsNow,
                        forcedByOperator)
                .becomes(
                        EffectState.INTENDED,
                        failuresNow,
                        hash,
                        null,
                        null,
                        null,
                        waitingFor,
                        waitingSince,
                        sweepsWaited,
                        null,
                        deadline);
    }

    public Effect confirmed(String value) {
        return confirmed(value, null);
    }

    /** @param madeOf the hash of what it was made of, if what it is made of next time is to be told from that; else null */
    public Effect confirmed(String value, String madeOf) {
        return with(id, attempt, lostAnswers, possibleRepeat, repeatable, value, sentAt, facts, forcedByOperator)
                .becomes(EffectState.CONFIRMED, 0, madeOf, null, null, null, null);
    }

    /** Confirmed, with how that came about. */
    public Effect noted(Note note) {
        return becomes(state, failures, inputHash, parkedFor, note.code(), note.words(), null);
    }

    public Effect lost(int failuresNow, Instant next, String code, String words) {
        return with(
                        id,
                        attempt,
                        lostAnswers + 1,
                        possibleRepeat,
                        repeatable,
                        confirmedValue,
                        sentAt,
                        facts,
                        forcedByOperator)
                .becomes(EffectState.UNKNOWN, failuresNow, inputHash, null, code, words, next);
    }

    public Effect parked(ParkedFor what, String hash, String code, String words) {
        return becomes(EffectState.PARKED, failures, hash, what, code, words, null);
    }

    public Effect waiting(String condition, Instant now, String words) {
        boolean again = condition.equals(waitingFor);
        return becomes(
                EffectState.WAITING,
                failures,
                null,
                null,
                condition.startsWith(NGO) ? "ngo-not-live" : condition.startsWith(APPROVAL) ? "braked" : "waits",
                words,
                condition,
                again ? waitingSince : now,
                again ? sweepsWaited : 0,
                null,
                null);
    }

    public Effect baseline() {
        return baseline("baseline", "older than this ledger");
    }

    public Effect baseline(String code, String words) {
        return becomes(EffectState.BASELINE, 0, null, null, code, words, null);
    }

    public Effect forcedByOperator(boolean forced) {
        return with(id, attempt, lostAnswers, possibleRepeat, repeatable, confirmedValue, sentAt, facts, forced);
    }

    public Effect possibleRepeat(boolean may) {
        return with(id, attempt, lostAnswers, may, repeatable, confirmedValue, sentAt, facts, forcedByOperator);
    }

    Effect withId(long newId) {
        return with(
                newId,
                attempt,
                lostAnswers,
                possibleRepeat,
                repeatable,
                confirmedValue,
                sentAt,
                facts,
                forcedByOperator);
    }

    /** The same in the same state, but for what is known of its sending. */
    private Effect with(
            long newId,
            int attempts,
            int lost,
            boolean mayBeRepeat,
            boolean canRepeat,
            String value,
            Instant sent,
            String newFacts,
            boolean forced) {
        return new Effect(
                newId,
                flow,
                record,
                key,
                kind,
                state,
                attempts,
                failures,
                lost,
                mayBeRepeat,
                canRepeat,
                value,
                inputHash,
                parkedFor,
                reasonCode,
                reason,
                waitingFor,
                waitingSince,
                sweepsWaited,
                nextAt,
                callDeadline,
                sent,
                newFacts,
                forced);
    }

    private Effect becomes(
            EffectState next, int failuresNow, String hash, ParkedFor what, String code, String words, Instant due) {
        return becomes(next, failuresNow, hash, what, code, words, null, null, 0, due, null);
    }

    /** Another state: what belonged to the one before does not stay. */
    private Effect becomes(
            EffectState next,
            int failuresNow,
            String hash,
            ParkedFor what,
            String code,
            String words,
            String condition,
            Instant since,
            int sweeps,
            Instant due,
            Instant deadline) {
        return new Effect(
                id,
                flow,
                record,
                key,
                kind,
                next,
                attempt,
                failuresNow,
                lostAnswers,
                possibleRepeat,
                repeatable,
                confirmedValue,
                hash,
                what,
                code,
                words,
                condition,
                since,
                sweeps,
                due,
                deadline,
                sentAt,
                facts,
                next.open() && forcedByOperator);
    }
}
