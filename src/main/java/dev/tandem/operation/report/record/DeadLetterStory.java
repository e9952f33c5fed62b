package dev.tandem.operation.report.record;

import dev.tandem.operation.report.Report;
import dev.tandem.operation.report.ReportText;
import dev.tandem.operation.report.Table;
import java.time.Instant;
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
        private String whatHappened() {
            return event
                    + attempt.filter(number -> number > 0)
                            .map(number -> ", attempt " + number)
                            .orElse("")
                    + code.map(name -> " (" + name + ")").orElse("")
                    + words.map(text -> ": " + text).orElse("");
        }
    }

    public ReportText text() {
        return new ReportText()
                .sentences(letter.lines())
                .sentences("What happened to " + letter.record() + ":")
                .table(new Table<>(timeline)
                        .column("when", Line::at)
                        .column("effect", line -> line.key().orElse("the record"))
                        .column("what", Line::whatHappened));
    }
}
