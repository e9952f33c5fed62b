package dev.tandem.operation.report;

import java.util.ArrayList;
import java.util.List;

/** A report for people: tables and sentences, an empty line between them. */
public final class ReportText {
    private final List<String> lines = new ArrayList<>();

    ReportText table(Table<?> table) {
        return sentences(table.lines());
    }

    ReportText sentences(List<String> sentences) {
        if (!sentences.isEmpty() && !lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(sentences);
        return this;
    }

    ReportText sentences(String... sentences) {
        return sentences(List.of(sentences));
    }

    ReportText reasons(List<Reason> reasons) {
        return table(new Table<>(reasons)
                .column("state", Reason::state)
                .column("count", Reason::count)
                .column("code", Reason::code)
                .column("why", Reason::words)
                .column("for example", reason -> String.join(", ", reason.records())));
    }

    public List<String> lines() {
        return lines;
    }
}
