package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A ledger that was made.
 *
 * @param since what is older is baseline; empty if all is ours
 * @param baseline what is listed and not sent by itself
 * @param links how many cases and clients are known to be the same child's
 * @param reasons what a person should look at, such as referrals that may have been sent before a loss
 */
public record InitReport(Optional<Instant> since, List<Baseline> baseline, long links, List<Reason> reasons)
        implements Report {
    /** How many effects of a flow and kind are baseline. */
    public record Baseline(String flow, String kind, long count) {}

    public ReportText text() {
        String scope = since.map(moment ->
                        "What is older than " + moment + " is listed as baseline and not sent unless you retry it.")
                .orElse("Everything that both systems hold will be synchronised.");
        return new ReportText()
                .sentences("The ledger is made. " + scope, "Cases linked to a client: " + links)
                .table(new Table<>(baseline)
                        .column("flow", Baseline::flow)
                        .column("effect", Baseline::kind)
                        .column("baseline", Baseline::count))
                .reasons(reasons);
    }
}
