package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
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
    private final List<String> columns;
    private final List<JsonNode> rows;

    CodeList(ListDeclaration declaration, CsvTable table) {
        columns = declaration.columns();
        rows = table.rows().stream().map(row -> (JsonNode) row.cells()).toList();
        declaration.keys().forEach((direction, key) -> {
            Map<List<String>, JsonNode> byKey = new HashMap<>();
            table.rows().stream()
                    .filter(row -> usable(row, direction))
                    .forEach(row -> byKey.put(row.get(key), row.cells()));
            byDirection.put(direction, byKey);
        });
    }

    static boolean usable(CsvTable.Row row, String direction) {
        String own = row.get(DIRECTION);
        return own.equals(BOTH) || own.equals(direction);
    }

    /** All rows, in the order of the file, as objects of texts. */
    List<JsonNode> rows() {
        return rows;
    }

    /** The row with this key in this direction, as an object of texts. */
    Optional<JsonNode> row(String direction, List<String> key) {
        Map<List<String>, JsonNode> byKey = byDirection.get(direction);
        if (byKey == null) {
            throw new IllegalArgumentException("no such direction: " + direction);
        }
        return Optional.ofNullable(byKey.get(key));
    }

    /** Whether any row, whatever its direction, has this value in this column. */
    boolean has(String column, String value) {
        if (!columns.contains(column)) {
            throw new IllegalArgumentException("no such column: " + column);
        }
        return rows.stream().anyMatch(row -> row.path(column).asText().equals(value));
    }

    Set<String> directions() {
        return byDirection.keySet();
    }

    List<String> columns() {
        return columns;
    }
}
