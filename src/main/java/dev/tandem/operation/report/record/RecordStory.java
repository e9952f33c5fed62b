package dev.tandem.operation.report.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger knows of a record and of its twins in the other system.
 *
 * @param asked the id by which it was found
 * @param parts one for each flow and record; none if the ledger knows nothing of it
 * @param timeline what happened to them, oldest first
 */
public record RecordStory(String asked, List<Part> parts, List<JournalPage.Line> timeline) {
    /**
     * One record in one flow.
     *
     * @param state {@code pending}, {@code leased} or {@code settled}; none if it was never marked
     * @param openSince since when it has not been settled
     * @param dueAt when it can next be worked
     * @param twin the other system's record
     * @param number the number it bears
     * @param effects what it is owed and what was done, the newest change first
     */
    public record Part(
            String flow,
            String record,
            Optional<String> state,
            Optional<Instant> openSince,
            Optional<Instant> settledAt,
            Optional<Instant> dueAt,
            Optional<String> twin,
            Optional<String> number,
            List<DeadLetter> effects) {}
}
