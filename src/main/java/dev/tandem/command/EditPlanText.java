package dev.tandem.command;

import dev.tandem.operation.report.EditPlanReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an edit would change, for people. */
final class EditPlanText {
    private EditPlanText() {}

    static List<String> lines(EditPlanReport report) {
        List<String> lines = new ArrayList<>();
        for (EditPlanReport.Changed call : report.changed()) {
            lines.add(call.what() + ": " + call.method() + " to " + call.system() + " for " + call.flow() + " "
                    + call.record() + ": " + String.join(", ", call.effects()));
            call.fields()
                    .forEach((pointer, field) -> lines.add("    " + pointer + ": "
                            + field.before().orElse("(none)") + " -> "
                            + field.after().orElse("(none)")));
        }
        Map<String, Long> byField = new TreeMap<>();
        report.changed().forEach(call -> call.fields()
                .keySet()
                .forEach(pointer ->
                        byField.merge(call.flow() + "  " + pointer.replaceAll("/\\d+(?=/|$)", "/*"), 1L, Long::sum)));
        Table fields = new Table("flow and field", "changes");
        byField.forEach(fields::row);
        lines.addAll(new Sections()
                .table(fields)
                .reasons(report.reasons())
                .sentences(List.of("Of " + report.records() + " records " + report.recordsChanged()
                        + " would be sent otherwise by version " + report.to() + " than by version "
                        + report.from() + ". Nothing was sent."))
                .lines());
        return lines;
    }
}
