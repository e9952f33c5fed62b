package dev.tandem.operation.report.record;

import java.time.Instant;
import java.util.List;

/**
 * What was done, over time.
 *
 * @param points one for each stretch of time and flow, oldest first; also where nothing happened
 */
public record HistoryReport(List<Point> points) {
    /**
     * One stretch of time.
     *
     * @param at when it began
     * @param delivered effects that arrived
     * @param parked effects that were parked
     * @param delaySeconds of those that arrived, in the middle: from when each was first known to be owed
     */
    public record Point(Instant at, String flow, long delivered, long parked, long delaySeconds) {}
}
