package dev.tandem.operation.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One effect with what happened to its record.
 *
 * @param timeline the record's journal, oldest first
 */
public record DeadLetterStory(DeadLetter letter, List<Line> timeline) {
    public DeadLetterStory {
        timeline = List.copyOf(timeline);
    }

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
            Optional<String> configuration) {}
}
