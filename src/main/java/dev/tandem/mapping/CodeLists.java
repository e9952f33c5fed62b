package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.Unmappable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** All code lists of one version of the mappings. */
final class CodeLists {
    private static final String FOLDER = "code-lists/";

    private final Map<String, CodeList> lists;

    private CodeLists(Map<String, CodeList> lists) {
        this.lists = Map.copyOf(lists);
    }

    /** Reads and checks every list; one that is faulty is left out. */
    static CodeLists read(Map<String, String> files, Consumer<MappingFault> faults) {
        if (!files.containsKey(ListDeclaration.FILE)) {
            faults.accept(new MappingFault(
                    ListDeclaration.FILE, 0, 0, "there is no such file", "it declares the columns of each code list"));
            return new CodeLists(Map.of());
        }
        Map<String, ListDeclaration> declared = ListDeclaration.read(files, faults);
        Set<String> directions = ListDeclaration.directions(declared);
        Map<String, CodeList> lists = new LinkedHashMap<>();
        for (ListDeclaration list : declared.values()) {
            String file = FOLDER + list.list() + ".csv";
            if (!files.containsKey(file)) {
                faults.accept(new MappingFault(
                        list.file(), list.line(), 1, "there is no " + file, "add the file, or remove the rows"));
                continue;
            }
            CsvTable table = CsvTable.read(file, files.get(file), faults);
            if (!table.columns().isEmpty() && new CodeListChecks(list, table, directions, faults).run()) {
                lists.put(list.list(), new CodeList(list, table));
            }
        }
        undeclared(files, declared, faults);
        return new CodeLists(lists);
    }

    private static void undeclared(
            Map<String, String> files, Map<String, ListDeclaration> declared, Consumer<MappingFault> faults) {
        for (String file : files.keySet()) {
            if (file.startsWith(FOLDER) && !ListDeclaration.declares(file)) {
                String name = file.substring(FOLDER.length(), file.length() - ".csv".length());
                if (!declared.containsKey(name)) {
                    faults.accept(new MappingFault(
                            file,
                            0,
                            0,
                            "this code list is not declared",
                            "add its columns to " + ListDeclaration.FILE + ", or to a lists-NAME.csv beside it"));
                }
            }
        }
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

    /** That a list has no row for a value, in words that show it only if it looks like a code (contract mapping-facts R1). */
    static Unmappable noRow(String list, List<String> key, String field) {
        String value = String.join(" / ", key);
        String where = field.isEmpty() ? "" : " (field " + field + ")";
        return new Unmappable(
                "unmapped-code",
                field.isEmpty() ? list : field,
                list + ".csv has no row for " + CodeLike.shown(value) + where + ": add a row",
                value);
    }

    private CodeList named(String list) {
        return find(list).orElseThrow(() -> new IllegalArgumentException("no such code list: " + list));
    }
}
