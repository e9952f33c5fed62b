package dev.tandem.operation.report;

import dev.tandem.outcome.OperationFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param version of the mappings, if they can be used
 * @param examples how many were run
 * @param faults each with file, line and what to do; none: all is well
 */
public record ValidationReport(Optional<String> version, int examples, List<String> faults) implements Report {
    /** As of wrong usage, if there are faults. */
    @Override
    public int exitCode() {
        return faults.isEmpty() ? 0 : OperationFailed.WRONG;
    }

    public ReportText text() {
        List<String> lines = new ArrayList<>(faults);
        lines.add(
                faults.isEmpty()
                        ? "All is well: settings, routes and mappings; " + examples + " examples hold."
                        : faults.size() + (faults.size() == 1 ? " fault." : " faults."));
        return new ReportText().sentences(lines);
    }
}
