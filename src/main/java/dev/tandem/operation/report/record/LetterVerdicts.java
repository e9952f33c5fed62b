package dev.tandem.operation.report.record;

import dev.tandem.operation.report.Report;
import dev.tandem.operation.report.ReportText;
import dev.tandem.outcome.OperationFailed;
import java.util.List;
import java.util.Optional;

/** What became of each. */
public record LetterVerdicts(List<Verdict> verdicts) implements Report {
    /**
     * What became of one.
     *
     * @param done whether it was done as asked
     * @param words why not, or what should be known of it; blank if there is nothing to say
     */
    public record Verdict(
            long id, boolean done, String words, Optional<String> flow, Optional<String> record, Optional<String> key) {
        private String line(String asked) {
            return "#" + id + "  "
                    + key.map(of -> record.orElse("") + "  " + of + ": ").orElse("")
                    + (done ? asked : "not done")
                    + (words.isEmpty() ? "" : "; " + words);
        }
    }

    /** As of wrong usage, unless all was done as asked. */
    @Override
    public int exitCode() {
        return verdicts.stream().allMatch(Verdict::done) ? 0 : OperationFailed.WRONG;
    }

    /**
     * For people.
     *
     * @param done what became of those with which it was done
     */
    public ReportText text(String done) {
        return new ReportText()
                .sentences(
                        verdicts.isEmpty()
                                ? List.of("There is none of that kind.")
                                : verdicts.stream()
                                        .map(verdict -> verdict.line(done))
                                        .toList());
    }
}
