package dev.tandem.operation.report;

import java.time.Instant;
import java.util.Optional;

/**
 * A ledger that was put back.
 *
 * @param file of the backup, if it came from one
 * @param at the moment as of which it is, if that is known
 * @param newest the newest entry of its journal: of what happened later it knows nothing
 */
public record RestoreReport(Optional<String> file, Optional<Instant> at, Optional<Instant> newest) implements Report {
    public ReportText text() {
        return new ReportText()
                .sentences(file.map(from -> "The ledger"
                                + at.map(moment -> " as of " + moment).orElse("") + " was put back from " + from + ".")
                        .orElse("The ledger in the database counts as put back from a backup."))
                .sentences(
                        newest.map(moment -> "The newest entry of its journal is of " + moment
                                        + "; of what was sent later it knows nothing.")
                                .orElse("Its journal is empty."),
                        "Referrals that were made before now and that it does not know as sent are listed (may-have-been-sent), not sent:",
                        "tandem sync, then tandem sync --full, then tandem dead-letters list --baseline. Ask the NGO, and retry what it"
                                + " does not have.",
                        "Everything else is compared with what both systems hold, and goes on.");
    }
}
