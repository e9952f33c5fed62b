package dev.tandem.operation.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One effect with what happened to its record.
 *
 * @param timeline the record's journal, oldest first
 */
public record DeadLetterStory(DeadLetter letter, List<Line> timeline) implements Report {
    /**
     * One line of the journal.
     *
     * @param key the effect it is about; none if about the record
     * @param configuration the version of the mappings that was in force
     */
    public record Line(
            Instant at,
            Optional<String> key,
            String event,
            Optional<Integer> attempt,
            Optional<String> code,
            Optional<String> words,
            Optional<String> configuration) {
        private String printed() {
            return "  " + at + "  " + key.orElse("the record") + "  " + event
                    + attempt.filter(number -> number > 0)
                            .map(number -> "  attempt " + number)
                            .orElse("")
                    + code.map(name -> "  (" + name + ")").orElse("")
                    + words.map(text -> ": " + text).orElse("");
        }
    }

    public ReportText text() {
        List<String> history = new ArrayList<>(List.of("What happened to " + letter.record() + ":"));
        timeline.forEach(line -> history.add(line.printed()));
        return new ReportText().sentences(letter.lines()).sentences(history);
    }
}
