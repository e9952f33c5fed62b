package dev.tandem.operation.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was written.
 *
 * @param files the secrets' files, and the settings file last
 */
public record SetupReport(List<String> files) implements Report {
    public ReportText text() {
        return new ReportText()
                .sentences(Stream.concat(
                                Stream.of("Written, readable by you only:"),
                                files.stream().map(file -> "  " + file))
                        .toList())
                .sentences("Next: tandem plan, then tandem init (docs/operate/running.md#first-start).");
    }
}
