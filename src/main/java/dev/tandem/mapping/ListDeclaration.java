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
import java.util.stream.Collectors;

/**
 * What {@code code-lists/lists.csv} says of one code list: its columns, which of them are the key in which direction, and
 * the form that their values have, and where those values exist.
 *
 * @param keys direction to the key columns of that direction
 * @param forms column to the form that each of its values must have
 * @param places column to where its values exist outside of Tandem, such as {@code primero agencies}
 */
record ListDeclaration(
        String list,
        String file,
        int line,
        List<String> columns,
        Map<String, List<String>> keys,
        Map<String, Pattern> forms,
        Map<String, String> places) {
    static final String FILE = "code-lists/lists.csv";
    private static final Pattern FILES = Pattern.compile("code-lists/lists(-[a-z0-9-]+)?\\.csv");
    private static final List<String> COLUMNS = List.of("list", "column", "key_for", "form");
    private static final String FOUND_IN = "found_in";

    /** Whether it declares lists: {@code lists.csv}, or {@code lists-NAME.csv} of a pair that lies beside another one. */
    static boolean declares(String file) {
        return FILES.matcher(file).matches();
    }

    /** All declarations of these files, by the list's name. */
    static Map<String, ListDeclaration> read(Map<String, String> files, Consumer<MappingFault> faults) {
        Map<String, ListDeclaration> lists = new LinkedHashMap<>();
        files.forEach((file, text) -> {
            if (declares(file)) {
                read(file, text, lists, faults);
            }
        });
        return lists;
    }

    private static void read(
            String file, String text, Map<String, ListDeclaration> lists, Consumer<MappingFault> faults) {
        CsvTable table = CsvTable.read(file, text, faults);
        List<String> columns = new ArrayList<>(table.columns());
        columns.remove(FOUND_IN);
        if (!columns.equals(COLUMNS)) {
            faults.accept(new MappingFault(
                    file,
                    1,
                    0,
                    "the columns must be " + String.join(",", COLUMNS) + ", and " + FOUND_IN + " if you like",
                    "put the header row right"));
            return;
        }
        for (CsvTable.Row row : table.rows()) {
            ListDeclaration list = lists.computeIfAbsent(
                    row.get("list"),
                    name -> new ListDeclaration(
                            name,
                            file,
                            row.line(),
                            new ArrayList<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>()));
            if (list.file().equals(file)) {
                list.add(row, table, faults);
            } else {
                faults.accept(table.fault(
                        row.line(),
                        "list",
                        "the list " + list.list() + " is declared in " + list.file() + " too",
                        "declare it in one of them"));
            }
        }
    }

    private void add(CsvTable.Row row, CsvTable table, Consumer<MappingFault> faults) {
        String column = row.get("column");
        if (column.isBlank() || columns.contains(column)) {
            faults.accept(table.fault(
                    row.line(),
                    "column",
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
        if (!row.get(FOUND_IN).isBlank()) {
            places.put(column, row.get(FOUND_IN).strip());
        }
        if (!row.get("form").isEmpty()) {
            try {
                forms.put(column, Pattern.compile(row.get("form")));
            } catch (PatternSyntaxException e) {
                faults.accept(table.fault(
                        row.line(),
                        "form",
                        "the form is no regular expression: " + e.getDescription(),
                        "[0-9]{2} for instance means two digits"));
            }
        }
    }

    static Set<String> directions(Map<String, ListDeclaration> lists) {
        return lists.values().stream()
                .flatMap(list -> list.keys().keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
