package dev.tandem.operation.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Rows of a report in aligned columns: numbers to the right, everything else to the left; a dash for what is not there. */
final class Table<R> {
    private final Collection<R> rows;
    private final List<List<String>> columns = new ArrayList<>();

    Table(Collection<R> rows) {
        this.rows = rows;
    }

    Table<R> column(String head, Function<R, ?> cell) {
        List<Object> cells = rows.stream().<Object>map(cell).map(Table::value).toList();
        List<String> lines = new ArrayList<>(List.of(head));
        cells.forEach(value -> lines.add(value.toString()));
        int width = lines.stream().mapToInt(String::length).max().orElse(0);
        boolean numbers = cells.stream().allMatch(Number.class::isInstance);
        lines.replaceAll(
                text -> numbers ? " ".repeat(width - text.length()) + text : text + " ".repeat(width - text.length()));
        columns.add(lines);
        return this;
    }

    /** Nothing, if there are no rows below the heads. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int line = 0; !rows.isEmpty() && line <= rows.size(); line++) {
            int at = line;
            lines.add(String.join(
                            "  ", columns.stream().map(cells -> cells.get(at)).toList())
                    .stripTrailing());
        }
        return lines;
    }

    private static Object value(Object cell) {
        return cell instanceof Optional<?> maybe
                ? maybe.<Object>map(value -> value).orElse("-")
                : cell;
    }
}
