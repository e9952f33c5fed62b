package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.Unmappable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** All code lists of one version of the mappings. */
final class CodeLists {
    private static final String FOLDER = "code-lists/";
    /** What begins with a small letter and has no blank, or is a number of at most four digits. */
    private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9_.\\-/]{0,59}|[0-9]{1,4}");

    private final Map<String, CodeList> lists;
    private final List<ListedColumn> listed;

    private CodeLists(Map<String, CodeList> lists, List<ListedColumn> listed) {
        this.lists = Map.copyOf(lists);
        this.listed = List.copyOf(listed);
    }

    /** Reads and checks every list; one that is faulty is left out. */
    static CodeLists read(Map<String, String> files, Consumer<MappingFault> faults) {
        if (!files.containsKey(ListDeclaration.FILE)) {
            faults.accept(new MappingFault(
                    ListDeclaration.FILE, "there is no such file", "it declares the columns of each code list"));
            return new CodeLists(Map.of(), List.of());
        }
        Map<String, ListDeclaration> declared = ListDeclaration.read(files, faults);
        Set<String> directions = ListDeclaration.directions(declared);
        Map<String, CodeList> lists = new HashMap<>();
        List<ListedColumn> listed = new ArrayList<>();
        for (ListDeclaration list : declared.values()) {
            String file = FOLDER + list.list() + ".csv";
            if (!files.containsKey(file)) {
                faults.accept(new MappingFault(
                        list.file(), list.line(), 1, "there is no " + file, "add the file, or remove the rows"));
                continue;
            }
            CsvTable table = CsvTable.read(file, files.get(file), faults);
            if (!table.columns().isEmpty()) {
                List<MappingFault> found = new CodeListChecks(list, table, directions).run();
                found.forEach(faults);
                if (found.isEmpty()) {
                    CodeList sound = new CodeList(list, table);
                    lists.put(list.list(), sound);
                    ListedColumn.of(list, sound).forEach(listed::add);
                }
            }
        }
        files.keySet().stream()
                .filter(file -> file.startsWith(FOLDER) && !ListDeclaration.declares(file))
                .filter(file -> !declared.containsKey(file.substring(FOLDER.length(), file.length() - ".csv".length())))
                .forEach(file -> faults.accept(new MappingFault(
                        file,
                        "this code list is not declared",
                        "add its columns to " + ListDeclaration.FILE + ", or to a lists-NAME.csv beside it")));
        return new CodeLists(lists, listed);
    }

    /** @throws IllegalArgumentException if there is no such list or direction: a fault of the mapping, not of the record */
    Optional<JsonNode> row(String list, String direction, List<String> key) {
        return named(list).row(direction, key);
    }

    boolean has(String list, String column, String value) {
        return named(list).has(column, value);
    }

    Optional<CodeList> find(String list) {
        return Optional.ofNullable(lists.get(list));
    }

    /** The columns of which it is declared where their values exist. */
    List<ListedColumn> listed() {
        return listed;
    }

    /** That a list has no row for a value, in words that show it only if it looks like a code (contract mapping-facts R1). */
    static Unmappable noRow(String list, List<String> key, String field) {
        String value = String.join(" / ", key);
        String where = field.isEmpty() ? "" : " (field " + field + ")";
        return new Unmappable(
                "unmapped-code",
                field.isEmpty() ? list : field,
                list + ".csv has no row for " + shown(value) + where + ": add a row",
                value);
    }

    /** Reasons reach logs and people: a name, a phrase, a birth date, a telephone number and an address are no codes. */
    private static String shown(String value) {
        if (value.isEmpty()) {
            return "an empty value";
        }
        return CODE.matcher(value).matches()
                ? "\"" + value + "\""
                : "a value (not shown: it does not look like a code)";
    }

    private CodeList named(String list) {
        return find(list).orElseThrow(() -> new IllegalArgumentException("no such code list: " + list));
    }
}
