package dev.tandem.ledger.sweeps;

import java.time.Instant;
import java.util.Optional;

/**
 * One reading of a source, held by one process until its lease ends.
 *
 * @param full whether everything is read, not only what has changed
 * @param beganAt the ledger's time at its start
 * @param lastComplete when the last complete one began
 * @param watermark the highest time of change that a complete one has seen, in the source's own words
 */
public record Sweep(
        String source,
        long token,
        boolean full,
        Instant beganAt,
        Optional<Instant> lastComplete,
        Optional<String> watermark) {
    /** The same reading, which went on from one that was begun earlier. */
    public Sweep begunAt(Instant earlier) {
        return new Sweep(source, token, full, earlier, lastComplete, watermark);
    }
}
