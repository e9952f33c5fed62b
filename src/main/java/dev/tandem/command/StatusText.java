package dev.tandem.command;

import dev.tandem.operation.report.StatusReport;
import java.util.ArrayList;
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
        Table webhooks = new Table("webhook", "last event", "sweeps find what none told since", "");
        report.webhooks()
                .forEach(webhook -> webhooks.row(
                        webhook.system(),
                        webhook.lastEvent().map(String::valueOf).orElse(NONE),
                        webhook.missedSince().map(String::valueOf).orElse(NONE),
                        webhook.silent() ? "silent: see docs/operate/real-time.md" : ""));
        List<String> sentences = new ArrayList<>(List.of(
                "Cases without an owner: " + report.unownedCases(),
                "Referrals without an answer: " + report.unansweredReferrals()));
        report.cursors().forEach(cursor -> cursor.owed().ifPresent(owed -> sentences.add(owed(cursor.source(), owed))));
        report.differing()
                .forEach(replica -> sentences.add(
                        "The replicas differ: " + replica.id() + " works with version " + replica.version()
                                + " and payload key " + replica.payloadKey() + " since " + replica.since()));
        sentences.addAll(configuration(report.configuration()));
        return new Sections()
                .table(flows)
                .table(cursors)
                .table(gates)
                .table(webhooks)
                .reasons(report.reasons())
                .sentences(sentences)
                .lines();
    }

    private static String owed(String source, StatusReport.Owed owed) {
        return "A " + (owed.full() ? "full " : "") + "sweep of " + source + " is owed since " + owed.since()
                + ": it was cut short"
                + (owed.cutShort() > 1 ? " " + owed.cutShort() + " times" : "")
                + owed.why().map(why -> " (" + why + ")").orElse("")
                + ". A running service begins it again "
                + owed.againAt().map(at -> "at " + at).orElse("at once") + ".";
    }

    private static List<String> configuration(StatusReport.Configuration configuration) {
        List<String> sentences = new ArrayList<>();
        sentences.add("Configuration: "
                + configuration
                        .version()
                        .map(version ->
                                version + " since " + configuration.since().orElseThrow())
                        .orElse("none has been in force yet"));
        configuration.turnedAway().ifPresent(edit -> {
            sentences.add("The edit of " + edit.at() + " (version " + edit.version() + ": "
                    + String.join(", ", edit.files()) + ") was turned away:");
            edit.faults().forEach(fault -> sentences.add("  " + fault));
        });
        return sentences;
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
