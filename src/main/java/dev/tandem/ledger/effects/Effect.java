package dev.tandem.ledger.effects;

import java.time.Instant;

/**
 * One thing to be done to the target, by its natural identity. Fields that do not apply to its state are null.
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
        String key,
        String kind,
        EffectState state,
        int attempt,
        int failures,
        int lostAnswers,
        boolean possibleRepeat,
        boolean repeatable,
        String confirmedValue,
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
        boolean forcedByOperator) {
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
        return mayHaveArrived()
                ? lostOnce()
                        .state(EffectState.UNKNOWN, 0, null, null, null, null, null, null, 0, null, null)
                        .forcedByOperator(true)
                : state(EffectState.OWED, 0, null, null, null, null, null, null, 0, null, null)
                        .forcedByOperator(true);
    }

    /** A person does not want it sent. The input it was parked with is kept: another one is another matter. */
    public Effect discarded(String words) {
        Effect known = mayHaveArrived() ? lostOnce() : this;
        return known.state(EffectState.DISCARDED, 0, inputHash, null, "discarded", words, null, null, 0, null, null);
    }

    /** Discarded before it was known with what. */
    public Effect discardedWith(String hash) {
        return state(EffectState.DISCARDED, 0, hash, null, reasonCode, reason, null, null, 0, null, null);
    }

    public Effect owed(int failuresNow, Instant next, String code, String words) {
        return state(EffectState.OWED, failuresNow, null, null, code, words, null, null, 0, next, null);
    }

    /** The same, at a later moment: it used up nothing. */
    public Effect later(Instant next) {
        return state(state, failures, inputHash, parkedFor, reasonCode, reason, null, null, 0, next, null)
                .forcedByOperator(forcedByOperator);
    }

    public Effect intended(Instant now, Instant deadline, boolean canRepeat, String hash, String newFacts) {
        return new Effect(
                id,
                flow,
                record,
                key,
                kind,
                EffectState.INTENDED,
                attempt + 1,
                state == EffectState.PARKED ? 0 : failures,
                lostAnswers,
                possibleRepeat,
                canRepeat,
                confirmedValue,
                hash,
                null,
                null,
                null,
                // Met again, the condition was waited for all along: the sweeps that did not end it still count.
                waitingFor,
                waitingSince,
                sweepsWaited,
                null,
                deadline,
                now,
                newFacts == null ? facts : newFacts,
                forcedByOperator);
    }

    public Effect confirmed(String value) {
        return confirmed(value, null);
    }

    /** @param madeOf the hash of what it was made of, if what it is made of next time is to be told from that; else null */
    public Effect confirmed(String value, String madeOf) {
        return new Effect(
                id,
                flow,
                record,
                key,
                kind,
                EffectState.CONFIRMED,
                attempt,
                0,
                lostAnswers,
                possibleRepeat,
                repeatable,
                value,
                madeOf,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                sentAt,
                facts,
                false);
    }

    /** Confirmed, with how that came about. */
    public Effect noted(Note note) {
        return state(state, failures, inputHash, parkedFor, note.code(), note.words(), null, null, 0, null, null);
    }

    public Effect lost(int failuresNow, Instant next, String code, String words) {
        return new Effect(
                id,
                flow,
                record,
                key,
                kind,
                EffectState.UNKNOWN,
                attempt,
                failuresNow,
                lostAnswers + 1,
                possibleRepeat,
                repeatable,
                confirmedValue,
                inputHash,
                null,
                code,
                words,
                null,
                null,
                0,
                next,
                null,
                sentAt,
                facts,
                forcedByOperator);
    }

    public Effect parked(ParkedFor what, String hash, String code, String words) {
        return state(EffectState.PARKED, failures, hash, what, code, words, null, null, 0, null, null);
    }

    public Effect waiting(String condition, Instant now, String words) {
        boolean again = condition.equals(waitingFor);
        return state(
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
        return state(EffectState.BASELINE, 0, null, null, code, words, null, null, 0, null, null);
    }

    public Effect forcedByOperator(boolean asked) {
        return copy(lostAnswers, possibleRepeat, id, asked);
    }

    private Effect lostOnce() {
        return copy(Math.max(1, lostAnswers), possibleRepeat, id, forcedByOperator);
    }

    public Effect possibleRepeat(boolean may) {
        return copy(lostAnswers, may, id, forcedByOperator);
    }

    Effect withId(long newId) {
        return copy(lostAnswers, possibleRepeat, newId, forcedByOperator);
    }

    private Effect copy(int lost, boolean mayBeRepeat, long withId, boolean asked) {
        return new Effect(
                withId,
                flow,
                record,
                key,
                kind,
                state,
                attempt,
                failures,
                lost,
                mayBeRepeat,
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
                asked);
    }

    private Effect state(
            EffectState newState,
            int failuresNow,
            String hash,
            ParkedFor what,
            String code,
            String words,
            String condition,
            Instant since,
            int sweeps,
            Instant next,
            Instant deadline) {
        return new Effect(
                id,
                flow,
                record,
                key,
                kind,
                newState,
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
                next,
                deadline,
                sentAt,
                facts,
                newState == EffectState.OWED && forcedByOperator);
    }
}
