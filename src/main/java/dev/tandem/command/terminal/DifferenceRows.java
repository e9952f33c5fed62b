package dev.tandem.command.terminal;

import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.SpreadsheetCell;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Differences as lines of a CSV file for a spreadsheet, which takes none of its cells for a formula. */
public final class DifferenceRows {
    private DifferenceRows() {}

    public static List<String> of(CompareReport report) {
        return Stream.concat(
                        Stream.of("kind,ngo,case,client,effect,fields,code,reason,ledger,repairable"),
                        report.differences().stream().map(DifferenceRows::line))
                .toList();
    }

    private static String line(CompareReport.Difference one) {
        return Stream.of(
                        one.kind(),
                        one.ngo(),
                        one.caseId(),
                        one.client(),
                        one.effect(),
                        String.join(" ", one.fields()),
                        one.code(),
                        one.words(),
                        one.state(),
                        one.repairable() ? "yes" : "no")
                .map(SpreadsheetCell::csv)
                .collect(Collectors.joining(","));
    }
}
