package dev.tandem.operation.compare;

import java.time.Instant;
import java.util.Optional;

/**
 * What to compare.
 *
 * @param ngo only what concerns this NGO is shown
 * @param since only what changed from then on is read
 * @param repair whether what differs is marked for delivery
 */
public record CompareRequest(Optional<String> ngo, Optional<Instant> since, boolean repair) {
    /** Everything, looking only. */
    public static final CompareRequest ALL = new CompareRequest(Optional.empty(), Optional.empty(), false);
}
