package dev.tandem.cli;

import dev.tandem.ops.StatusReport;
import java.util.List;
import java.util.Locale;

/** How things stand, for people. */
final class StatusText {
    private static final String NONE = "-";

    private StatusText() {}

    static List<String> lines(StatusReport report) {
        Table flows = new Table(
                "flow",
                "pending",
                "leased",
                "waiting",
                "parked",
                "baseline",
                "possible repeats",
                "settled",
                "oldest pending");
        report.flows()
                .forEach(flow -> flows.row(
                        flow.paused() ? flow.flow() + " (paused)" : flow.flow(),
                        flow.pending(),
                        flow.leased(),
                        flow.waiting(),
                        flow.parked(),
                        flow.baseline(),
                        flow.possibleRepeats(),
                        flow.settledTotal(),
                        flow.oldestPendingSeconds().map(StatusText::age).orElse(NONE)));
        Table cursors = new Table("source", "last sweep", "last full sweep", "read up to");
        report.cursors()
                .forEach(cursor -> cursors.row(
                        cursor.source(),
                        cursor.lastIncremental().map(String::valueOf).orElse(NONE),
                        cursor.lastFull().map(String::valueOf).orElse(NONE),
                        cursor.watermark().orElse(NONE)));
        Table gates = new Table("system", "gate", "since", "why");
        report.gates()
                .forEach(gate -> gates.row(
                        gate.system(),
                        gate.open() ? "open" : "closed",
                        gate.since().map(String::valueOf).orElse(NONE),
                        gate.code().orElse(NONE)));
        return new Sections()
                .table(flows)
                .table(cursors)
                .table(gates)
                .reasons(report.reasons())
                .sentences(List.of(
                        "Cases without an owner: " + report.unownedCases(),
                        "Referrals without an answer: " + report.unansweredReferrals(),
                        "Configuration: " + report.configuration()))
                .lines();
    }

    /** The two largest units, as {@code 2d 03h}. */
    static String age(long seconds) {
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return String.format(Locale.ROOT, "%dm %02ds", seconds / 60, seconds % 60);
        }
        if (seconds < 86_400) {
            return String.format(Locale.ROOT, "%dh %02dm", seconds / 3600, seconds % 3600 / 60);
        }
        return String.format(Locale.ROOT, "%dd %02dh", seconds / 86_400, seconds % 86_400 / 3600);
    }
}
