package dev.tandem.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What {@code code-lists/lists.csv} says of one code list: its columns, which of them are the key in which direction, and
 * the form that their values have.
 *
 * @param keys direction to the key columns of that direction
 * @param forms column to the form that each of its values must have
 */
record ListDeclaration(
        String list, int line, List<String> columns, Map<String, List<String>> keys, Map<String, Pattern> forms) {
    static final String FILE = "code-lists/lists.csv";
    private static final List<String> COLUMNS = List.of("list", "column", "key_for", "form");

    /** All declarations, by the list's name. */
    static Map<String, ListDeclaration> read(String text, Consumer<MappingFault> faults) {
        CsvTable table = CsvTable.read(FILE, text, faults);
        if (!table.columns().equals(COLUMNS)) {
            faults.accept(new MappingFault(
                    FILE, 1, 0, "the columns must be " + String.join(",", COLUMNS), "put the header row right"));
            return Map.of();
        }
        Map<String, ListDeclaration> lists = new LinkedHashMap<>();
        for (CsvTable.Row row : table.rows()) {
            lists.computeIfAbsent(row.get("list"), name -> empty(name, row.line()))
                    .add(row, table, faults);
        }
        return lists;
    }

    private static ListDeclaration empty(String list, int line) {
        return new ListDeclaration(list, line, new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }

    private void add(CsvTable.Row row, CsvTable table, Consumer<MappingFault> faults) {
        String column = row.get("column");
        if (column.isBlank() || columns.contains(column)) {
            faults.accept(new MappingFault(
                    FILE,
                    row.line(),
                    table.column("column"),
                    "the column \"" + column + "\" of " + list + " is empty or declared twice",
                    "one row for each column of a list"));
            return;
        }
        columns.add(column);
        for (String direction : row.get("key_for").strip().split("\\s+")) {
            if (!direction.isEmpty()) {
                keys.computeIfAbsent(direction, d -> new ArrayList<>()).add(column);
            }
        }
        if (!row.get("form").isEmpty()) {
            try {
                forms.put(column, Pattern.compile(row.get("form")));
            } catch (PatternSyntaxException e) {
                faults.accept(new MappingFault(
                        FILE,
                        row.line(),
                        table.column("form"),
                        "the form is no regular expression: " + e.getDescription(),
                        "[0-9]{2} for instance means two digits"));
            }
        }
    }

    static Set<String> directions(Map<String, ListDeclaration> lists) {
        Set<String> directions = new LinkedHashSet<>();
        lists.values().forEach(list -> directions.addAll(list.keys().keySet()));
        return directions;
    }
}
