package dev.tandem.ledger.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How the ledger works.
 *
 * @param lease how long a worker may hold an item without renewing it; never shorter than the longest call in all
 * @param attempts how often an effect, or the reading of a record, is tried before it is parked
 * @param retryMin the first wait between two tries
 * @param retryMax the longest wait between two tries
 * @param resendLostAnswers whether a call that cannot be verified is sent once more after its answer was lost
 * @param lostAnswerWait how long to wait before that
 * @param brake to how many records a first sync or an edit may write by itself; none: to any number
 */
public record LedgerSettings(
        Duration lease,
        int attempts,
        Duration retryMin,
        Duration retryMax,
        boolean resendLostAnswers,
        Duration lostAnswerWait,
        Optional<Integer> brake) {

    /** For a ledger of which nothing is sent. */
    public LedgerSettings withoutBrake() {
        return new LedgerSettings(
                lease, attempts, retryMin, retryMax, resendLostAnswers, lostAnswerWait, Optional.empty());
    }

    /** The defaults of the operator's interface. */
    public static LedgerSettings defaults() {
        return new LedgerSettings(
                Duration.ofMinutes(15),
                12,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                true,
                Duration.ofMinutes(10),
                Optional.of(500));
    }

    /** How long to wait after so many failures in a row. */
    public Duration backoff(int failures) {
        return backoff(failures, retryMax);
    }

    /** The same, never longer than that: doubled each time, with jitter so that a crowd does not come back at once. */
    public Duration backoff(int failures, Duration longest) {
        long max = Math.min(retryMax.toMillis(), longest.toMillis());
        long doubled = retryMin.toMillis() << Math.min(Math.max(failures - 1, 0), 30);
        long capped = doubled <= 0 ? max : Math.min(doubled, max);
        return Duration.ofMillis(capped / 2 + ThreadLocalRandom.current().nextLong(capped / 2 + 1));
    }
}
