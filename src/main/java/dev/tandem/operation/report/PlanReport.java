package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What would be sent now.
 *
 * @param asIfSince the moment of {@code init --since} that was assumed, if there is no ledger yet
 * @param counts how many effects of which kind
 * @param reasons why others would not be sent: waiting, parked, baseline
 */
public record PlanReport(
        Optional<Instant> asIfSince, List<Count> counts, List<Call> calls, List<Reason> reasons, int exitCode) {
    public PlanReport {
        counts = List.copyOf(counts);
        calls = List.copyOf(calls);
        reasons = List.copyOf(reasons);
    }

    /** How many effects would be sent, and how many are there already or older than the ledger. */
    public record Count(String flow, String kind, long planned, long alreadyThere, long baseline) {}

    /**
     * One call that would be made.
     *
     * @param effects the keys of the effects that it would deliver
     * @param fields JSON pointers into its body, with their values, or {@code ...} where values are not shown
     */
    public record Call(
            String flow,
            String record,
            String system,
            String method,
            List<String> effects,
            Map<String, String> fields) {}
}
