package dev.tandem.operation.report;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the newest comparisons have found, the newest first. */
public record CompareHistory(List<Run> comparisons) implements Report {
    /** One of them; fields as of a {@link CompareReport}. */
    public record Run(
            long id,
            Instant beganAt,
            Instant endedAt,
            Optional<Instant> since,
            Optional<String> ngo,
            long records,
            long inStep,
            long pending,
            BigDecimal parity,
            List<CompareReport.Count> counts,
            List<CompareReport.Count> unseen) {}
}
