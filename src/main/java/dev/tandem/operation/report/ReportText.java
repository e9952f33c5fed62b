package dev.tandem.operation.report;

import dev.tandem.reader.ReaderTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A report for people: tables and sentences, an empty line between them. */
public final class ReportText {
    private final List<Function<ReaderTime, List<String>>> parts = new ArrayList<>();

    public ReportText table(Table<?> table) {
        return part(table::lines, table.isEmpty());
    }

    public ReportText sentences(List<String> sentences) {
        return part(time -> sentences.stream().map(time::withDistanceIn).toList(), sentences.isEmpty());
    }

    /** Lines of a file: a moment in them stays as it is written. */
    ReportText verbatim(List<String> lines) {
        return part(time -> lines, lines.isEmpty());
    }

    private ReportText part(Function<ReaderTime, List<String>> part, boolean empty) {
        if (!empty) {
            if (!parts.isEmpty()) {
                parts.add(time -> List.of(""));
            }
            parts.add(part);
        }
        return this;
    }

    public ReportText sentences(String... sentences) {
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

    /** As this reader wants its moments. */
    public List<String> lines(ReaderTime time) {
        return parts.stream().flatMap(part -> part.apply(time).stream()).toList();
    }
}
