package dev.tandem.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Aligned columns: numbers to the right, everything else to the left. */
final class Table {
    private static final String GAP = "  ";

    private final List<Object[]> rows = new ArrayList<>();

    Table(String... heads) {
        rows.add(heads);
    }

    Table row(Object... cells) {
        rows.add(cells);
        return this;
    }

    /** Nothing, if there are no rows below the heads. */
    List<String> lines() {
        if (rows.size() == 1) {
            return List.of();
        }
        int columns = rows.get(0).length;
        int[] widths = new int[columns];
        boolean[] numeric = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int at = column;
            widths[column] = rows.stream()
                    .mapToInt(row -> String.valueOf(row[at]).length())
                    .max()
                    .orElse(0);
            numeric[column] = rows.stream().skip(1).allMatch(row -> row[at] instanceof Number);
        }
        return rows.stream().map(row -> line(row, widths, numeric)).toList();
    }

    private static String line(Object[] row, int[] widths, boolean[] numeric) {
        String[] cells = new String[row.length];
        Arrays.setAll(cells, column -> {
            String cell = String.valueOf(row[column]);
            String space = " ".repeat(widths[column] - cell.length());
            return numeric[column] ? space + cell : cell + space;
        });
        return String.join(GAP, cells).stripTrailing();
    }
}
