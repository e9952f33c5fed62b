package dev.tandem.command;

import dev.tandem.operation.report.InitReport;
import java.util.List;

/** A new ledger, for people. */
final class InitText {
    private InitText() {}

    static List<String> lines(InitReport report) {
        Table baseline = new Table("flow", "effect", "baseline");
        report.baseline().forEach(row -> baseline.row(row.flow(), row.kind(), row.count()));
        return new Sections()
                .sentences(
                        List.of("The ledger is made. " + scope(report), "Cases linked to a client: " + report.links()))
                .table(baseline)
                .reasons(report.reasons())
                .lines();
    }

    private static String scope(InitReport report) {
        return report.since()
                .map(since -> "What is older than " + since + " is listed as baseline and not sent by itself.")
                .orElse("All that both systems hold is to be brought in step.");
    }
}
