package dev.tandem.operation.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a sweep came to.
 *
 * @param effects one row per flow and kind of effect
 * @param reasons why some of them are not done
 * @param nextMoment when the first of what is pending is due
 * @param exitCode 0 all settled or waiting, 3 something parked or in conflict, 4 a system unreachable or items left pending
 */
public record SyncReport(
        List<Sweep> sweeps, List<Effects> effects, List<Reason> reasons, Optional<Instant> nextMoment, int exitCode)
        implements Report {
    /**
     * What was read.
     *
     * @param source {@code primero} or {@code oscar}
     * @param read records read
     * @param marked those of them that may need work
     */
    public record Sweep(String source, boolean full, long read, long marked) {}

    /**
     * Counts of effects of one flow and kind.
     *
     * @param kind as {@code referral}, {@code decision}, {@code link}, {@code case}
     * @param sent sent by this command
     * @param alreadyThere the target held it already
     * @param unchanged sent by an earlier one
     */
    public record Effects(
            String flow,
            String kind,
            long sent,
            long alreadyThere,
            long unchanged,
            long waiting,
            long parked,
            long baseline,
            long possibleRepeats,
            long pending) {}

    public ReportText text() {
        return new ReportText()
                .table(new Table<>(sweeps)
                        .column("source", Sweep::source)
                        .column("sweep", sweep -> sweep.full() ? "full" : "changes")
                        .column("read", Sweep::read)
                        .column("marked", Sweep::marked))
                .table(new Table<>(effects)
                        .column("flow", Effects::flow)
                        .column("effect", Effects::kind)
                        .column("sent", Effects::sent)
                        .column("already there", Effects::alreadyThere)
                        .column("unchanged", Effects::unchanged)
                        .column("waiting", Effects::waiting)
                        .column("parked", Effects::parked)
                        .column("baseline", Effects::baseline)
                        .column("possible repeats", Effects::possibleRepeats)
                        .column("pending", Effects::pending))
                .reasons(reasons)
                .sentences(summary());
    }

    private List<String> summary() {
        List<String> sentences = new ArrayList<>();
        count(Effects::pending, "left pending", sentences);
        nextMoment.ifPresent(next -> sentences.add("Due next: " + next));
        count(Effects::parked, "parked: a person or an edit must act", sentences);
        count(Effects::waiting, "waiting for something that must come first", sentences);
        count(Effects::possibleRepeats, "possible repeats: their answer was lost", sentences);
        return sentences.isEmpty() && exitCode == 0 ? List.of("All is settled.") : sentences;
    }

    private void count(ToLongFunction<Effects> which, String words, List<String> sentences) {
        long count = effects.stream().mapToLong(which).sum();
        if (count > 0) {
            sentences.add(count + " " + words);
        }
    }
}
