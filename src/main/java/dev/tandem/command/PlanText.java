package dev.tandem.command;

import dev.tandem.operation.report.PlanReport;
import java.util.ArrayList;
import java.util.List;

/** What would be sent, for people. */
final class PlanText {
    private PlanText() {}

    static List<String> lines(PlanReport report) {
        Table counts = new Table("flow", "effect", "would be sent", "already there", "baseline");
        report.counts()
                .forEach(row -> counts.row(row.flow(), row.kind(), row.planned(), row.alreadyThere(), row.baseline()));
        List<String> lines = new ArrayList<>();
        for (PlanReport.Call call : report.calls()) {
            lines.add(call.method() + " to " + call.system() + " for " + call.flow() + " " + call.record() + ": "
                    + String.join(", ", call.effects()));
            call.fields().forEach((pointer, value) -> lines.add("    " + pointer + " = " + value));
        }
        lines.addAll(new Sections()
                .table(counts)
                .reasons(report.reasons())
                .sentences(summary(report))
                .lines());
        return lines;
    }

    private static List<String> summary(PlanReport report) {
        List<String> sentences = new ArrayList<>();
        report.asIfSince()
                .ifPresent(since -> sentences.add(
                        "There is no ledger yet: planned as if `init --since " + since + "` had been said."));
        sentences.add(
                report.calls().isEmpty()
                        ? "Nothing would be sent."
                        : report.calls().size() + " calls would be made. Nothing was sent.");
        return sentences;
    }
}
