package dev.tandem.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What must hold in a code list before it may be used (contract mapping-facts §5). */
final class CodeListChecks {
    private static final String AMBIGUOUS = "ambiguous";
    private static final String TO_COMPLETE = "?";

    private final ListDeclaration declared;
    private final CsvTable table;
    private final Set<String> directions = new LinkedHashSet<>();
    private final List<MappingFault> found = new ArrayList<>();

    /** @param directions those that any list declares */
    CodeListChecks(ListDeclaration declared, CsvTable table, Collection<String> directions) {
        this.declared = declared;
        this.table = table;
        this.directions.add(CodeList.BOTH);
        this.directions.addAll(directions);
        this.directions.add(CodeList.NONE);
    }

    /** The faults; none if the list is sound. */
    List<MappingFault> run() {
        columns();
        if (found.isEmpty()) {
            table.rows().forEach(this::cells);
            declared.keys().forEach(this::duplicates);
            declared.keys().values().forEach(this::ambiguous);
            wayBack();
        }
        return found;
    }

    private void columns() {
        for (String column : table.columns()) {
            if (!declared.columns().contains(column)) {
                fault(1, column, "unknown column \"" + column + "\"", "remove it, or declare it in lists.csv");
            }
        }
        if (new HashSet<>(table.columns()).size() < table.columns().size()) {
            fault(1, "", "a column stands twice in the header", "name each column once");
        }
        Stream.concat(declared.columns().stream(), Stream.of(CodeList.DIRECTION))
                .distinct()
                .filter(column -> !table.columns().contains(column))
                .forEach(column ->
                        fault(1, "", "the column \"" + column + "\" is missing", "add it to the header and each row"));
    }

    private void cells(CsvTable.Row row) {
        List<String> open = table.columns().stream()
                .filter(column -> row.get(column).strip().equals(TO_COMPLETE))
                .toList();
        if (!open.isEmpty()) {
            fault(
                    row.line(),
                    open.get(0),
                    "this proposed row is not complete: " + String.join(", ", open) + " still "
                            + (open.size() == 1 ? "says ?" : "say ?"),
                    "write the right values, or remove the row; direction none keeps a value that is never mapped");
            return;
        }
        String direction = row.get(CodeList.DIRECTION);
        if (!directions.contains(direction)) {
            fault(
                    row.line(),
                    CodeList.DIRECTION,
                    "the direction \"" + direction + "\" is unknown",
                    "one of " + String.join(", ", directions));
        }
        if (!Set.of("", "yes").contains(row.get(AMBIGUOUS))) {
            fault(row.line(), AMBIGUOUS, "ambiguous is neither yes nor empty", "write yes or nothing");
        }
        declared.forms().forEach((column, form) -> form(row, column, form));
    }

    private void form(CsvTable.Row row, String column, Pattern form) {
        String value = row.get(column);
        if (!form.matcher(value).matches()) {
            String padded = "0" + value;
            boolean zeroDropped =
                    value.matches("[0-9]+") && form.matcher(padded).matches();
            fault(
                    row.line(),
                    column,
                    "\"" + value + "\" in " + column + " is not of the form " + form,
                    zeroDropped
                            ? "write " + padded
                                    + ": a spreadsheet has dropped the leading zero; format the column as text"
                            : "put the value right");
        }
    }

    private void duplicates(String direction, List<String> key) {
        Map<List<String>, Integer> seen = new HashMap<>();
        usable(direction).forEach(row -> {
            Integer first = seen.putIfAbsent(row.get(key), row.line());
            if (first != null) {
                fault(
                        row.line(),
                        key.get(0),
                        "the key of line " + first + " again, in the direction " + direction,
                        "give one of the two another direction, or remove it");
            }
        });
    }

    /** Rows declared ambiguous share one value: exactly one of them must be the way back. */
    private void ambiguous(List<String> key) {
        Function<CsvTable.Row, List<String>> value = row -> row.get(key);
        table.rows().stream()
                .filter(row -> row.get(AMBIGUOUS).equals("yes"))
                .collect(Collectors.groupingBy(value, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(group -> {
                    long both = group.stream()
                            .filter(row -> row.get(CodeList.DIRECTION).equals(CodeList.BOTH))
                            .count();
                    if (group.size() > 1 && both != 1) {
                        fault(
                                group.get(0).line(),
                                AMBIGUOUS,
                                both + " of the " + group.size() + " ambiguous rows for one value are \"both\"",
                                "exactly one of them must be both: the default on the way back");
                    }
                });
    }

    /** What a row gives in one direction must have a row that takes it back in each other one. */
    private void wayBack() {
        declared.keys().forEach((there, its) -> declared.keys().forEach((back, key) -> {
            if (key.equals(its)) {
                return;
            }
            Set<List<String>> known = usable(back).map(row -> row.get(key)).collect(Collectors.toSet());
            usable(there)
                    .filter(row -> !known.contains(row.get(key)))
                    .forEach(row -> fault(
                            row.line(),
                            key.get(0),
                            "what this row gives cannot be mapped back: no row takes it in the direction " + back,
                            "make one row with this value both or " + back));
        }));
    }

    private Stream<CsvTable.Row> usable(String direction) {
        return table.rows().stream().filter(row -> CodeList.usable(row, direction));
    }

    private void fault(int line, String column, String message, String whatToDo) {
        found.add(table.fault(line, column, message, whatToDo));
    }
}
