package dev.tandem.operation.report;

import java.time.Instant;
import java.util.Optional;

/**
 * A gate that is open now.
 *
 * @param closedSince since when it had been closed; empty if it was open
 */
public record ReopenReport(String system, Optional<Instant> closedSince) implements Report {
    public ReportText text() {
        String before = closedSince
                .map(since -> "is open again; it had been closed since " + since)
                .orElse("was open already");
        return new ReportText().sentences("The gate of " + system + " " + before + ".");
    }
}
