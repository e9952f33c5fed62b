package dev.tandem.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** What must hold in a code list before it may be used (contract mapping-facts §5). */
final class CodeListChecks {
    private static final String AMBIGUOUS = "ambiguous";

    private final ListDeclaration declared;
    private final CsvTable table;
    private final Set<String> directions;
    private final Consumer<MappingFault> faults;

    CodeListChecks(ListDeclaration declared, CsvTable table, Set<String> directions, Consumer<MappingFault> faults) {
        this.declared = declared;
        this.table = table;
        this.directions = directions;
        this.faults = faults;
    }

    /** Whether the list is sound; its faults have been told. */
    boolean run() {
        List<MappingFault> found = new ArrayList<>();
        columns(found);
        if (found.isEmpty()) {
            cells(found);
            declared.keys().forEach((direction, key) -> duplicates(direction, key, found));
            ambiguous(found);
            wayBack(found);
        }
        found.forEach(faults);
        return found.isEmpty();
    }

    private void columns(List<MappingFault> found) {
        for (String column : table.columns()) {
            if (!declared.columns().contains(column)) {
                found.add(
                        fault(1, column, "unknown column \"" + column + "\"", "remove it, or declare it in lists.csv"));
            }
        }
        if (new HashSet<>(table.columns()).size() < table.columns().size()) {
            found.add(fault(1, "", "a column stands twice in the header", "name each column once"));
        }
        Set<String> wanted = new LinkedHashSet<>(declared.columns());
        wanted.add(CodeList.DIRECTION);
        for (String column : wanted) {
            if (!table.columns().contains(column)) {
                found.add(
                        fault(1, "", "the column \"" + column + "\" is missing", "add it to the header and each row"));
            }
        }
    }

    private void cells(List<MappingFault> found) {
        for (CsvTable.Row row : table.rows()) {
            String direction = row.get(CodeList.DIRECTION);
            if (!direction.equals(CodeList.BOTH)
                    && !direction.equals(CodeList.NONE)
                    && !directions.contains(direction)) {
                Set<String> allowed = new LinkedHashSet<>(List.of(CodeList.BOTH));
                allowed.addAll(directions);
                allowed.add(CodeList.NONE);
                found.add(fault(
                        row.line(),
                        CodeList.DIRECTION,
                        "the direction \"" + direction + "\" is unknown",
                        "one of " + String.join(", ", allowed)));
            }
            if (!row.get(AMBIGUOUS).isEmpty() && !row.get(AMBIGUOUS).equals("yes")) {
                found.add(fault(row.line(), AMBIGUOUS, "ambiguous is neither yes nor empty", "write yes or nothing"));
            }
            declared.forms().forEach((column, form) -> form(row, column, form, found));
        }
    }

    private void form(CsvTable.Row row, String column, Pattern form, List<MappingFault> found) {
        String value = row.get(column);
        if (!form.matcher(value).matches()) {
            String padded = "0" + value;
            boolean zeroDropped =
                    value.matches("[0-9]+") && form.matcher(padded).matches();
            found.add(fault(
                    row.line(),
                    column,
                    "\"" + value + "\" in " + column + " is not of the form " + form,
                    zeroDropped
                            ? "write " + padded
                                    + ": a spreadsheet has dropped the leading zero; format the column as text"
                            : "put the value right"));
        }
    }

    private void duplicates(String direction, List<String> key, List<MappingFault> found) {
        Map<List<String>, Integer> seen = new HashMap<>();
        for (CsvTable.Row row : table.rows()) {
            if (CodeList.usable(row, direction)) {
                Integer first = seen.putIfAbsent(CodeList.key(row, key), row.line());
                if (first != null) {
                    found.add(fault(
                            row.line(),
                            key.get(0),
                            "the key of line " + first + " again, in the direction " + direction,
                            "give one of the two another direction, or remove it"));
                }
            }
        }
    }

    /** Rows declared ambiguous share one value: exactly one of them must be the way back. */
    private void ambiguous(List<MappingFault> found) {
        declared.keys().forEach((direction, key) -> {
            Map<List<String>, List<CsvTable.Row>> groups = new LinkedHashMap<>();
            for (CsvTable.Row row : table.rows()) {
                if (row.get(AMBIGUOUS).equals("yes")) {
                    groups.computeIfAbsent(CodeList.key(row, key), k -> new ArrayList<>())
                            .add(row);
                }
            }
            for (List<CsvTable.Row> group : groups.values()) {
                long both = group.stream()
                        .filter(row -> row.get(CodeList.DIRECTION).equals(CodeList.BOTH))
                        .count();
                if (group.size() > 1 && both != 1) {
                    found.add(fault(
                            group.get(0).line(),
                            AMBIGUOUS,
                            both + " of the " + group.size() + " ambiguous rows for one value are \"both\"",
                            "exactly one of them must be both: the default on the way back"));
                }
            }
        });
    }

    /** What a row gives in one direction must have a row that takes it back in each other one. */
    private void wayBack(List<MappingFault> found) {
        for (String there : declared.keys().keySet()) {
            for (String back : declared.keys().keySet()) {
                List<String> key = declared.keys().get(back);
                if (there.equals(back) || key.equals(declared.keys().get(there))) {
                    continue;
                }
                Set<List<String>> known = new HashSet<>();
                table.rows().stream()
                        .filter(row -> CodeList.usable(row, back))
                        .forEach(row -> known.add(CodeList.key(row, key)));
                for (CsvTable.Row row : table.rows()) {
                    if (CodeList.usable(row, there) && !known.contains(CodeList.key(row, key))) {
                        found.add(fault(
                                row.line(),
                                key.get(0),
                                "what this row gives cannot be mapped back: no row takes it in the direction " + back,
                                "make one row with this value both or " + back));
                    }
                }
            }
        }
    }

    private MappingFault fault(int line, String column, String message, String whatToDo) {
        return new MappingFault(table.file(), line, table.column(column), message, whatToDo);
    }
}
