package dev.tandem.operation.report;

/** What an operation answers: as JSON its components, for people a {@link ReportText}. */
public interface Report {
    /** What a command ends with that prints it. */
    default int exitCode() {
        return 0;
    }
}
