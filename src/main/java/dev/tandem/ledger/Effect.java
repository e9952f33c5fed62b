package dev.tandem.ledger;

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
 * @param said in clear what was confirmed, compared before it is sent again
 * @param inputHash keyed hash of what it was parked or discarded with
 * @param facts codes and ids about what was sent, as JSON; nothing personal
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
        String said,
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
        String facts) {

    static Effect fresh(String flow, String record, String key, String kind) {
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
                null);
    }

    Effect owed(int failuresNow, Instant next, String code, String words) {
        return state(EffectState.OWED, failuresNow, null, null, code, words, null, null, 0, next, null);
    }

    Effect intended(Instant now, Instant deadline, boolean canRepeat, String hash, String newFacts) {
        return new Effect(
                id,
                flow,
                record,
                key,
                kind,
                EffectState.INTENDED,
                attempt + 1,
                failures,
                lostAnswers,
                possibleRepeat,
                canRepeat,
                said,
                hash,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                deadline,
                now,
                newFacts == null ? facts : newFacts);
    }

    Effect confirmed(String nowSaid) {
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
                nowSaid,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                null,
                null,
                sentAt,
                facts);
    }

    Effect lost(int failuresNow, Instant next, String code, String words) {
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
                said,
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
                facts);
    }

    Effect parked(ParkedFor what, String hash, String code, String words) {
        return state(EffectState.PARKED, failures, hash, what, code, words, null, null, 0, null, null);
    }

    Effect waiting(String condition, Instant since, String words) {
        return state(EffectState.WAITING, failures, null, null, "waits", words, condition, since, 0, null, null);
    }

    Effect baseline() {
        return baseline("baseline", "older than this ledger");
    }

    Effect baseline(String code, String words) {
        return state(EffectState.BASELINE, 0, null, null, code, words, null, null, 0, null, null);
    }

    Effect possibleRepeat(boolean may) {
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
                may,
                repeatable,
                said,
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
                facts);
    }

    Effect withId(long newId) {
        return new Effect(
                newId,
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
                said,
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
                facts);
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
                said,
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
                facts);
    }
}
