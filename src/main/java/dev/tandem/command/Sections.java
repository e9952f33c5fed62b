package dev.tandem.command;

import dev.tandem.operation.report.Reason;
import java.util.ArrayList;
import java.util.List;

/** A report for people: tables and sentences, an empty line between them. */
final class Sections {
    private final List<String> lines = new ArrayList<>();

    Sections table(Table table) {
        return add(table.lines());
    }

    Sections sentences(List<String> sentences) {
        return add(sentences);
    }

    Sections reasons(List<Reason> reasons) {
        Table table = new Table("state", "count", "code", "why", "for example");
        for (Reason reason : reasons) {
            table.row(
                    reason.state(), reason.count(), reason.code(), reason.words(), String.join(", ", reason.records()));
        }
        return table(table);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    private Sections add(List<String> more) {
        if (!more.isEmpty() && !lines.isEmpty()) {
            lines.add("");
        }
        lines.addAll(more);
        return this;
    }
}
