package dev.tandem.operation.report;

import java.time.Instant;
import java.util.Optional;

/**
 * A copy of the ledger.
 *
 * @param file where it is
 * @param at the moment as of which it is
 * @param newest the newest entry of its journal, if it has one
 * @param warning what to know about reading it again, if anything
 */
public record BackupReport(String file, Instant at, Optional<Instant> newest, Optional<String> warning)
        implements Report {
    public ReportText text() {
        ReportText text = new ReportText()
                .sentences("The ledger as of " + at + " is in " + file + ", encrypted, readable by you only.");
        return warning.map(text::sentences).orElse(text);
    }
}
