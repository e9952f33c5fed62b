package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a sweep came to.
 *
 * @param effects one row per flow and kind of effect
 * @param reasons why some of them are not done
 * @param nextMoment when the first of what is pending is due
 * @param exitCode 0 all settled or waiting, 3 something parked or in conflict, 4 a system unreachable or items left pending
 */
public record SyncReport(
        List<Sweep> sweeps, List<Effects> effects, List<Reason> reasons, Optional<Instant> nextMoment, int exitCode) {
    public SyncReport {
        sweeps = List.copyOf(sweeps);
        effects = List.copyOf(effects);
        reasons = List.copyOf(reasons);
    }

    /**
     * What was read.
     *
     * @param source {@code primero} or {@code oscar}
     * @param read records read
     * @param marked those of them that may need work
     */
    public record Sweep(String source, boolean full, long read, long marked) {}

    /**
     * Counts of effects of one flow and kind.
     *
     * @param kind as {@code referral}, {@code decision}, {@code link}, {@code case}
     * @param sent sent by this command
     * @param alreadyThere the target held it already
     * @param unchanged sent by an earlier one
     */
    public record Effects(
            String flow,
            String kind,
            long sent,
            long alreadyThere,
            long unchanged,
            long waiting,
            long parked,
            long baseline,
            long possibleRepeats,
            long pending) {}
}
