package dev.tandem.observe;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How the running service stands, from the newest reading of the ledger: whoever asks, however often, costs the ledger nothing.
 *
 * @param at when the ledger was read, by its clock
 * @param attention what needs a person, the most urgent first
 * @param parity what the last comparison of everything has found
 * @param examined when the service has last looked for what has changed in both systems
 * @param version of the routes and mappings in force; blank if none is
 */
public record Overview(
        Instant at,
        List<FlowNow> flows,
        List<SystemNow> systems,
        List<Verdict> attention,
        Optional<ParityNow> parity,
        Optional<Instant> examined,
        String version) {
    /** @param at when it ended */
    public record ParityNow(Instant at, long records, long inStep) {}

    /**
     * One direction, as the routes in force deliver it.
     *
     * @param kinds of the effects that its route has
     * @param leased records in work
     * @param settled records since this service started
     */
    public record FlowNow(
            String flow,
            String source,
            String target,
            List<String> kinds,
            long pending,
            long leased,
            long waiting,
            long parked,
            long possibleRepeats,
            Optional<Instant> oldestPending,
            long settled,
            boolean paused) {}

    /**
     * One system, as it is called and read.
     *
     * @param gate why it is closed; none while it is open
     * @param silentSince when it began not to answer
     * @param sweeping whether it is read at this moment
     * @param sweepOwed since when a sweep that was cut short is owed
     * @param nextSweep by the schedule; none if there is none
     * @param webhook whether its events are taken
     */
    public record SystemNow(
            String system,
            boolean gateOpen,
            Optional<String> gate,
            Optional<Instant> gateSince,
            Optional<Instant> silentSince,
            boolean sweeping,
            Optional<Instant> lastSweep,
            Optional<Instant> lastFull,
            Optional<Instant> nextSweep,
            Optional<Instant> nextFull,
            Optional<Instant> sweepOwed,
            boolean webhook) {}

    /** Whether nothing needs a person. */
    public boolean well() {
        return attention.isEmpty();
    }
}
