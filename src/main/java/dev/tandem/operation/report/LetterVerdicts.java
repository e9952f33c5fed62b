package dev.tandem.operation.report;

import java.util.List;
import java.util.Optional;

/** What became of each. */
public record LetterVerdicts(List<Verdict> verdicts) {
    public LetterVerdicts {
        verdicts = List.copyOf(verdicts);
    }

    /**
     * What became of one.
     *
     * @param done whether it was done as asked
     * @param words why not, or what should be known of it; blank if there is nothing to say
     */
    public record Verdict(
            long id,
            boolean done,
            String words,
            Optional<String> flow,
            Optional<String> record,
            Optional<String> key) {}

    /** Whether all was done as asked. */
    public boolean allDone() {
        return verdicts.stream().allMatch(Verdict::done);
    }
}
