package dev.tandem.command;

import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.report.SyncReport.Effects;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** What a sync came to, for people. */
final class SyncText {
    private SyncText() {}

    static List<String> lines(SyncReport report) {
        Table sweeps = new Table("source", "sweep", "read", "marked");
        report.sweeps()
                .forEach(sweep ->
                        sweeps.row(sweep.source(), sweep.full() ? "full" : "changes", sweep.read(), sweep.marked()));
        Table effects = new Table(
                "flow",
                "effect",
                "sent",
                "already there",
                "unchanged",
                "waiting",
                "parked",
                "baseline",
                "possible repeats",
                "pending");
        for (Effects row : report.effects()) {
            effects.row(
                    row.flow(),
                    row.kind(),
                    row.sent(),
                    row.alreadyThere(),
                    row.unchanged(),
                    row.waiting(),
                    row.parked(),
                    row.baseline(),
                    row.possibleRepeats(),
                    row.pending());
        }
        return new Sections()
                .table(sweeps)
                .table(effects)
                .reasons(report.reasons())
                .sentences(summary(report))
                .lines();
    }

    private static List<String> summary(SyncReport report) {
        List<String> sentences = new ArrayList<>();
        count(report, Effects::pending, "left pending", sentences);
        report.nextMoment().ifPresent(next -> sentences.add("Due next: " + next));
        count(report, Effects::parked, "parked: the turn of a person, or of an edit", sentences);
        count(report, Effects::waiting, "waiting for something that must come first", sentences);
        count(report, Effects::possibleRepeats, "possible repeats: their answer was lost", sentences);
        if (sentences.isEmpty() && report.exitCode() == 0) {
            return List.of("All is settled.");
        }
        return sentences;
    }

    private static void count(SyncReport report, ToLongFunction<Effects> which, String words, List<String> sentences) {
        long count = report.effects().stream().mapToLong(which).sum();
        if (count > 0) {
            sentences.add(count + " " + words);
        }
    }
}
