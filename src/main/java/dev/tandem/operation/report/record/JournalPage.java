package dev.tandem.operation.report.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Lines of the journal, over all records. */
public record JournalPage(List<Line> lines) {
    /**
     * One line.
     *
     * @param id for the next page: {@code before}
     * @param key the effect it is about; none if about the record
     * @param configuration the version of the mappings that was in force
     */
    public record Line(
            long id,
            Instant at,
            String flow,
            String record,
            Optional<String> key,
            String event,
            Optional<Integer> attempt,
            Optional<String> code,
            Optional<String> words,
            Optional<String> configuration) {}
}
