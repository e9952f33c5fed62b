package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The least that has to be written to a case so that it says what some effects want: Primero merges rows by
 * {@code unique_id} and leaves what is not sent (contract primero-v2 §3.7), and every write, also an idle one, wakes
 * everyone (§3.4). A blank never replaces a value (mapping-facts R9). Where two effects want different values of one field, the later one's counts.
 */
public final class CaseDifference {
    static final String ROWS = "services_section";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectNode data;
    private final Map<String, Set<String>> contributed;

    private CaseDifference(ObjectNode data, Map<String, Set<String>> contributed) {
        this.data = data;
        this.contributed = contributed;
    }

    /**
     * The difference between what the fragments want and the case as it is.
     *
     * @param fragments in the order of the effects
     * @param current the case, read just before
     */
    public static CaseDifference between(List<Fragment> fragments, JsonNode current) {
        ObjectNode fields = JSON.objectNode();
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        Map<String, Set<String>> contributed = new LinkedHashMap<>();
        for (Fragment fragment : fragments) {
            Set<String> changed = contributed.computeIfAbsent(fragment.effectKey(), key -> new TreeSet<>());
            fragment.fields().properties().forEach(field -> {
                if (!field.getKey().equals(ROWS) && isToBeWritten(field.getValue(), current.get(field.getKey()))) {
                    fields.set(field.getKey(), field.getValue());
                    changed.add(field.getKey());
                }
            });
            rowsOf(fragment).forEach(row -> addRow(row, current, rows, changed));
        }
        if (!rows.isEmpty()) {
            fields.putArray(ROWS).addAll(rows.values());
        }
        return new CaseDifference(fields, contributed);
    }

    /**
     * The whole of a new case.
     *
     * @param id chosen by us, so that a repeat collides (contract primero-v2 §3.3)
     */
    public static CaseDifference creating(String id, List<Fragment> fragments) {
        ObjectNode data = JSON.objectNode().put("id", id);
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        Map<String, Set<String>> contributed = new LinkedHashMap<>();
        for (Fragment fragment : fragments) {
            Set<String> changed = contributed.computeIfAbsent(fragment.effectKey(), key -> new TreeSet<>());
            fragment.fields().properties().forEach(field -> {
                if (!field.getKey().equals(ROWS)) {
                    data.set(field.getKey(), field.getValue());
                    changed.add(field.getKey());
                }
            });
            rowsOf(fragment).forEach(row -> addRow(row, JSON.objectNode(), rows, changed));
        }
        data.putArray(ROWS).addAll(rows.values());
        return new CaseDifference(data, contributed);
    }

    /** Whether nothing differs: then nothing is sent. */
    public boolean isEmpty() {
        return data.isEmpty();
    }

    /** What goes under {@code data} of the PATCH or POST. */
    public ObjectNode data() {
        return data.deepCopy();
    }

    /** The effects whose wishes the case already fulfils: confirmed without a call. */
    public Set<String> fulfilled() {
        Set<String> fulfilled = new TreeSet<>();
        contributed.forEach((effect, changed) -> {
            if (changed.isEmpty()) {
                fulfilled.add(effect);
            }
        });
        return fulfilled;
    }

    /** What an effect contributed: field names, and {@code services_section/<unique_id>/<column>}. */
    public Set<String> contributedBy(String effectKey) {
        return Set.copyOf(contributed.getOrDefault(effectKey, Set.of()));
    }

    @Override
    public String toString() {
        return "CaseDifference" + contributed.keySet();
    }

    /** Rows may also come among the fields, as a mapping of a whole case writes them. */
    private static List<ObjectNode> rowsOf(Fragment fragment) {
        List<ObjectNode> rows = new ArrayList<>(fragment.rows());
        for (JsonNode row : fragment.fields().path(ROWS)) {
            rows.add((ObjectNode) row);
        }
        return rows;
    }

    private static void addRow(ObjectNode row, JsonNode current, Map<String, ObjectNode> rows, Set<String> changed) {
        String uniqueId = Fields.text(row, "unique_id").toLowerCase(Locale.ROOT);
        if (uniqueId.isEmpty()) {
            throw new IllegalArgumentException("a row without unique_id would be added at every pass");
        }
        List<JsonNode> present = rowsWith(uniqueId, current);
        ObjectNode differing = JSON.objectNode();
        row.properties().forEach(column -> {
            if (!column.getKey().equals("unique_id") && differs(column.getValue(), column.getKey(), present)) {
                differing.set(column.getKey(), column.getValue());
            }
        });
        if (present.isEmpty() || !differing.isEmpty()) {
            rows.computeIfAbsent(uniqueId, id -> JSON.objectNode().put("unique_id", id))
                    .setAll(differing);
            changed.add(ROWS + "/" + uniqueId + "/unique_id");
            differing.fieldNames().forEachRemaining(name -> changed.add(ROWS + "/" + uniqueId + "/" + name));
            if (!present.isEmpty()) {
                changed.remove(ROWS + "/" + uniqueId + "/unique_id");
            }
        }
    }

    /** A new row is written whole; of rows that once were doubled under one id, Primero merges into each. */
    private static boolean differs(JsonNode wanted, String column, List<JsonNode> present) {
        return present.isEmpty() || present.stream().anyMatch(row -> isToBeWritten(wanted, row.get(column)));
    }

    private static boolean isToBeWritten(JsonNode wanted, JsonNode present) {
        return !SameValue.isBlank(wanted) && !SameValue.same(wanted, present);
    }

    static List<JsonNode> rowsWith(String uniqueId, JsonNode theCase) {
        List<JsonNode> rows = new ArrayList<>();
        for (JsonNode row : theCase.path(ROWS)) {
            if (Fields.text(row, "unique_id").equalsIgnoreCase(uniqueId)) {
                rows.add(row);
            }
        }
        return rows;
    }
}
