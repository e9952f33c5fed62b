package dev.tandem.observe;

import java.time.Instant;
import java.util.Optional;

/** When a source is to be read. */
@FunctionalInterface
public interface Schedules {
    /**
     * The moment by which a sweep that began at the earlier of two of the schedule's moments should be complete.
     *
     * @param source such as {@code oscar}
     * @param full whether of everything
     * @param last when the last complete one began
     * @return none if it is never read by this schedule
     */
    Optional<Instant> expected(String source, boolean full, Instant last);
}
