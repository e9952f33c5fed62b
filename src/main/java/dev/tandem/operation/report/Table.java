package dev.tandem.operation.report;

import dev.tandem.reader.ReaderTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Rows of a report in aligned columns: numbers to the right, everything else to the left; moments as the reader wants them; a dash
 * for what is not there.
 */
public final class Table<R> {
    private final Collection<R> rows;
    private final List<Column<R>> columns = new ArrayList<>();

    /** @param distance whether moments are followed by how far away they are */
    private record Column<R>(String head, Function<R, ?> cell, boolean distance) {
        private List<String> lines(Collection<R> rows, ReaderTime time) {
            List<Object> cells =
                    rows.stream().<Object>map(cell).map(Table::value).toList();
            List<String> lines = new ArrayList<>(List.of(head));
            cells.forEach(value -> lines.add(shown(value, time)));
            int width = lines.stream().mapToInt(String::length).max().orElse(0);
            boolean numbers = cells.stream().allMatch(Number.class::isInstance);
            lines.replaceAll(text ->
                    numbers ? " ".repeat(width - text.length()) + text : text + " ".repeat(width - text.length()));
            return lines;
        }

        private String shown(Object value, ReaderTime time) {
            String words = value.toString();
            return distance ? time.withDistanceIn(words) : time.exactIn(words);
        }
    }

    public Table(Collection<R> rows) {
        this.rows = rows;
    }

    public Table<R> column(String head, Function<R, ?> cell) {
        columns.add(new Column<>(head, cell, false));
        return this;
    }

    Table<R> columnWithDistance(String head, Function<R, ?> cell) {
        columns.add(new Column<>(head, cell, true));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Nothing, if there are no rows below the heads. */
    List<String> lines(ReaderTime time) {
        List<List<String>> cells =
                columns.stream().map(column -> column.lines(rows, time)).toList();
        List<String> lines = new ArrayList<>();
        for (int line = 0; !rows.isEmpty() && line <= rows.size(); line++) {
            int at = line;
            lines.add(String.join(
                            "  ", cells.stream().map(column -> column.get(at)).toList())
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
