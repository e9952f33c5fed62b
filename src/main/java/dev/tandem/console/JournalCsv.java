package dev.tandem.console;

import dev.tandem.console.visit.Asking;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.SpreadsheetCell;
import dev.tandem.operation.report.record.JournalPage;
import dev.tandem.operation.request.JournalQuery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the journal's page finds, for a spreadsheet. No cell can be taken for a formula. */
final class JournalCsv {
    private static final int MOST = 20_000;
    private static final String HEAD = "at,flow,record,effect,event,attempt,code,words,configuration\r\n";

    private JournalCsv() {}

    static String of(Asking asking) {
        // The mark tells spreadsheets that it is UTF-8.
        StringBuilder text = new StringBuilder("\uFEFF").append(HEAD);
        Optional<Long> before = Optional.empty();
        int written = 0;
        List<JournalPage.Line> page;
        do {
            page = asking.ask(Operation.JOURNAL, JournalView.query(asking, before, JournalQuery.MOST))
                    .lines();
            page.forEach(line -> text.append(row(line)));
            written += page.size();
            before = page.stream().reduce((one, next) -> next).map(JournalPage.Line::id);
        } while (page.size() == JournalQuery.MOST && written < MOST);
        return text.toString();
    }

    private static String row(JournalPage.Line line) {
        return Stream.of(
                                line.at().toString(),
                                line.flow(),
                                line.record(),
                                line.key().orElse(""),
                                line.event(),
                                line.attempt().map(String::valueOf).orElse(""),
                                line.code().orElse(""),
                                line.words().orElse(""),
                                line.configuration().orElse(""))
                        .map(SpreadsheetCell::csv)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
