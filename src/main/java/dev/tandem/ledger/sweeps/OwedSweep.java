package dev.tandem.ledger.sweeps;

import java.time.Instant;
import java.util.Optional;

/**
 * A sweep that has begun and of which none has come to its end since.
 *
 * @param since when the first of them began
 * @param full whether everything is to be read
 * @param cutShort how many ended early, one after another
 * @param why the last one did, as a code; none if its process died
 * @param againAt not to be begun again before that; none: at once
 */
public record OwedSweep(Instant since, boolean full, int cutShort, Optional<String> why, Optional<Instant> againAt) {
    /** Whether it may be begun again. */
    public boolean due(Instant now) {
        return againAt.filter(again -> again.isAfter(now)).isEmpty();
    }
}
