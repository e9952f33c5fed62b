package dev.tandem.ledger;

import java.time.Duration;

/**
 * How the ledger works.
 *
 * @param lease how long a worker may hold an item without renewing it; never shorter than the longest call in all
 * @param attempts how often an effect, or the reading of a record, is tried before it is parked
 * @param retryMin the first wait between two tries
 * @param retryMax the longest wait between two tries
 * @param resendLostAnswers whether a call that cannot be verified is sent once more after its answer was lost
 * @param lostAnswerWait how long to wait before that
 */
public record LedgerSettings(
        Duration lease,
        int attempts,
        Duration retryMin,
        Duration retryMax,
        boolean resendLostAnswers,
        Duration lostAnswerWait) {

    /** The defaults of the operator's interface. */
    public static LedgerSettings defaults() {
        return new LedgerSettings(
                Duration.ofMinutes(15), 12, Duration.ofSeconds(10), Duration.ofHours(1), true, Duration.ofMinutes(10));
    }

    /** How long to wait after so many failures in a row. */
    public Duration backoff(int failures) {
        return new Backoff(retryMin, retryMax).after(failures);
    }
}
