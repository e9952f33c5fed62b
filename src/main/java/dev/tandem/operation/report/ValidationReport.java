package dev.tandem.operation.report;

import java.util.List;
import java.util.Optional;

/**
 * What was found.
 *
 * @param version of the mappings, if they can be used
 * @param examples how many were run
 * @param faults each with file, line and what to do; none: all is well
 */
public record ValidationReport(Optional<String> version, int examples, List<String> faults) {
    public ValidationReport {
        faults = List.copyOf(faults);
    }
}
