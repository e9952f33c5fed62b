package dev.tandem.operation.report;

import dev.tandem.engine.WebhookHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How things stand.
 *
 * @param webhooks of the systems whose events are taken
 * @param configuration which routes and mappings are in force
 * @param differing the replicas, if they work with different routes, mappings or payload keys for longer than an edit takes
 * @param unownedCases cases without an owner
 * @param unansweredReferrals referrals that nobody answered within {@code tandem.unanswered-days}
 */
public record StatusReport(
        List<Flow> flows,
        List<Cursor> cursors,
        List<Gate> gates,
        List<WebhookHealth> webhooks,
        List<Reason> reasons,
        long unownedCases,
        long unansweredReferrals,
        Configuration configuration,
        List<Replica> differing) {
    public StatusReport {
        flows = List.copyOf(flows);
        cursors = List.copyOf(cursors);
        gates = List.copyOf(gates);
        webhooks = List.copyOf(webhooks);
        reasons = List.copyOf(reasons);
        differing = List.copyOf(differing);
    }

    /** One service of this ledger, and with what it works. */
    public record Replica(String id, String version, String payloadKey, Instant since) {}

    /**
     * Pending, leased and settled count items; the others effects. Without anything pending its oldest age is empty.
     * Paused: stopped by a person, see docs/operate/monitoring.md.
     */
    public record Flow(
            String flow,
            long pending,
            long leased,
            long waiting,
            long parked,
            long baseline,
            long possibleRepeats,
            Optional<Long> oldestPendingSeconds,
            long settledTotal,
            boolean paused) {}

    /**
     * How far a source is read.
     *
     * @param watermark up to where, in the source's own terms
     * @param owed a sweep that was cut short and is not made up for yet
     */
    public record Cursor(
            String source,
            Optional<Instant> lastIncremental,
            Optional<Instant> lastFull,
            Optional<String> watermark,
            Optional<Owed> owed) {}

    /**
     * A sweep that was cut short, or whose process died.
     *
     * @param cutShort how often in a row
     * @param why the last time, as a code
     * @param againAt when it is begun again; none: at once, or it is under way
     */
    public record Owed(Instant since, boolean full, int cutShort, Optional<String> why, Optional<Instant> againAt) {}

    /**
     * Whether a system may be called.
     *
     * @param since when it was closed
     * @param code why it was closed
     */
    public record Gate(String system, boolean open, Optional<Instant> since, Optional<String> code) {}

    /**
     * Which routes and mappings are in force.
     *
     * @param version none before a service or a sync has run
     * @param turnedAway what lies in the directories instead, and why it does not come into force
     */
    public record Configuration(Optional<String> version, Optional<Instant> since, Optional<TurnedAway> turnedAway) {}

    /**
     * An edit that could not be used.
     *
     * @param files those that differ from what is in force
     * @param faults each with file, line and what to do
     */
    public record TurnedAway(String version, Instant at, List<String> files, List<String> faults) {
        public TurnedAway {
            files = List.copyOf(files);
            faults = List.copyOf(faults);
        }
    }
}
