package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One code list, ready to be asked in each of its directions. */
final class CodeList {
    static final String DIRECTION = "direction";
    static final String BOTH = "both";
    static final String NONE = "none";

    private final Map<String, Map<List<String>, JsonNode>> byDirection = new HashMap<>();
    private final Map<String, Set<String>> values = new HashMap<>();
    private final List<JsonNode> rows;

    CodeList(ListDeclaration declaration, CsvTable table) {
        declaration.keys().forEach((direction, key) -> byDirection.put(direction, index(direction, key, table)));
        for (String column : declaration.columns()) {
            Set<String> all = new HashSet<>();
            table.rows().forEach(row -> all.add(row.get(column)));
            values.put(column, all);
        }
        rows = table.rows().stream().map(row -> object(row, table)).toList();
    }

    /** All rows, in the order of the file, as objects of texts. */
    List<JsonNode> rows() {
        return rows;
    }

    static boolean usable(CsvTable.Row row, String direction) {
        String own = row.get(DIRECTION);
        return own.equals(BOTH) || own.equals(direction);
    }

    static List<String> key(CsvTable.Row row, List<String> columns) {
        return columns.stream().map(row::get).toList();
    }

    /** The row with this key in this direction, as an object of texts. */
    Optional<JsonNode> row(String direction, List<String> key) {
        Map<List<String>, JsonNode> rows = byDirection.get(direction);
        if (rows == null) {
            throw new IllegalArgumentException("no such direction: " + direction);
        }
        return Optional.ofNullable(rows.get(key));
    }

    /** Whether any row, whatever its direction, has this value in this column. */
    boolean has(String column, String value) {
        Set<String> all = values.get(column);
        if (all == null) {
            throw new IllegalArgumentException("no such column: " + column);
        }
        return all.contains(value);
    }

    Set<String> directions() {
        return byDirection.keySet();
    }

    Set<String> columns() {
        return values.keySet();
    }

    private static Map<List<String>, JsonNode> index(String direction, List<String> key, CsvTable table) {
        Map<List<String>, JsonNode> rows = new HashMap<>();
        for (CsvTable.Row row : table.rows()) {
            if (usable(row, direction)) {
                rows.put(key(row, key), object(row, table));
            }
        }
        return Map.copyOf(rows);
    }

    private static JsonNode object(CsvTable.Row row, CsvTable table) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        table.columns().forEach(column -> object.put(column, row.get(column)));
        return object;
    }
}
