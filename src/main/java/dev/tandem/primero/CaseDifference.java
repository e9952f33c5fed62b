package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.json.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The least that has to be written to a case so that it says what some effects want: Primero merges rows by
 * {@code unique_id} and leaves what is not sent (contract primero-v2 §3.7), and every write, also an idle one, wakes
 * everyone (§3.4). A blank never replaces a value (mapping-facts R9). Where two effects want different values of one field,
 * the later one's counts.
 *
 * @param data what goes under {@code data} of the PATCH or POST; empty if nothing differs
 * @param changed by effect: names of fields, and {@code services_section/<unique_id>/<column>}
 */
record CaseDifference(ObjectNode data, Map<String, Set<String>> changed) {
    static final String ROWS = "services_section";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /**
     * What the fragments want and the case does not say.
     *
     * @param fragments in the order of the effects
     * @param current the case, read just before
     */
    static CaseDifference between(Collection<Fragment> fragments, JsonNode current) {
        return of(fragments, current, JSON.objectNode());
    }

    /**
     * The whole of a new case.
     *
     * @param id chosen by us, so that a repeat collides (contract primero-v2 §3.3)
     */
    static CaseDifference creating(String id, Collection<Fragment> fragments) {
        return of(fragments, MissingNode.getInstance(), JSON.objectNode().put("id", id));
    }

    private static CaseDifference of(Collection<Fragment> fragments, JsonNode current, ObjectNode data) {
        boolean creates = current.isMissingNode();
        Map<String, ObjectNode> rows = new LinkedHashMap<>();
        Map<String, Set<String>> changed = new LinkedHashMap<>();
        for (Fragment fragment : fragments) {
            Set<String> changes = changed.computeIfAbsent(fragment.key(), key -> new TreeSet<>());
            fragment.fields().properties().forEach(field -> {
                String name = field.getKey();
                if (!name.equals(ROWS) && (creates || isToBeWritten(field.getValue(), current.get(name)))) {
                    data.set(name, field.getValue());
                    changes.add(name);
                }
            });
            rowsOf(fragment).forEach(row -> addRow(row, current, rows, changes));
        }
        if (creates || !rows.isEmpty()) {
            data.putArray(ROWS).addAll(rows.values());
        }
        return new CaseDifference(data, changed);
    }

    /** The effects whose wishes the case fulfils already: confirmed without a call. */
    Set<String> fulfilled() {
        return changed.keySet().stream()
                .filter(effect -> changed.get(effect).isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        return "CaseDifference" + changed.keySet();
    }

    /** Rows may also come among the fields, as a mapping of a whole case writes them. */
    private static List<ObjectNode> rowsOf(Fragment fragment) {
        List<ObjectNode> rows = new ArrayList<>(fragment.rows());
        fragment.fields().path(ROWS).forEach(row -> rows.add((ObjectNode) row));
        return rows;
    }

    private static void addRow(ObjectNode row, JsonNode current, Map<String, ObjectNode> rows, Set<String> changes) {
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
        if (!present.isEmpty() && differing.isEmpty()) {
            return;
        }
        rows.computeIfAbsent(uniqueId, id -> JSON.objectNode().put("unique_id", id))
                .setAll(differing);
        String prefix = ROWS + "/" + uniqueId + "/";
        differing.fieldNames().forEachRemaining(name -> changes.add(prefix + name));
        if (present.isEmpty()) {
            changes.add(prefix + "unique_id");
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
        return theCase.path(ROWS)
                .valueStream()
                .filter(row -> Fields.text(row, "unique_id").equalsIgnoreCase(uniqueId))
                .toList();
    }
}
