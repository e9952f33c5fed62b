package dev.tandem.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The routes and mappings in force.
 *
 * @param version of what is in force
 * @param rejected the last edit, if it was faulty and therefore changed nothing; none once it is corrected
 */
record Configuration(String version, Optional<Rejected> rejected) {
    /** @param faults each with file, line and reason */
    record Rejected(Instant at, List<String> faults) {
        Rejected {
            faults = List.copyOf(faults);
        }
    }
}
