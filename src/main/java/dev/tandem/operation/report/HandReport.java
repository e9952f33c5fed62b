package dev.tandem.operation.report;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a person's hand on a record means, and whether it was done.
 *
 * @param what in words, such as {@code Link case C and client cif/exam-101}
 * @param done whether it was done; else only looked at
 * @param means what it causes
 */
public record HandReport(String what, boolean done, List<Consequence> means) implements Report {
    /** One thing that it causes, or that the person should know. */
    public record Consequence(String code, String words) {}

    public ReportText text() {
        return new ReportText()
                .sentences(Stream.concat(Stream.of(what + ":"), means.stream().map(one -> "  - " + one.words()))
                        .toList())
                .sentences(done ? "Done." : "Nothing is changed yet.");
    }
}
