package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What Primero dropped without a word: unknown names, fields that the role may not write, an owner that does not exist
 * (contract primero-v2 §3.5, §3.8, trap 10).
 */
public final class WriteCheck {
    /** Not stored, or no field at all. */
    private static final Set<String> NOT_READ_BACK = Set.of(
            "id", "unique_id", "_destroy", "record_action", "mark_synced", "mark_synced_url", "mark_synced_status");

    private WriteCheck() {}

    /**
     * Compares what was written with what is there now.
     *
     * @param intended what was sent under {@code data}
     * @param readBack the case, read after the write
     * @return the names of the fields that do not hold what was sent, without values: {@code owned_by},
     *     {@code services_section.service_type}, {@code services_section.unique_id} for a row that is not there
     */
    public static List<String> dropped(JsonNode intended, JsonNode readBack) {
        Set<String> dropped = new LinkedHashSet<>();
        intended.properties().forEach(field -> {
            if (field.getKey().equals(CaseDifference.ROWS)) {
                field.getValue().forEach(row -> checkRow(row, readBack, dropped));
            } else if (!NOT_READ_BACK.contains(field.getKey())
                    && !SameValue.same(field.getValue(), readBack.get(field.getKey()))) {
                dropped.add(field.getKey());
            }
        });
        return new ArrayList<>(dropped);
    }

    private static void checkRow(JsonNode row, JsonNode readBack, Set<String> dropped) {
        List<JsonNode> there = CaseDifference.rowsWith(Fields.text(row, "unique_id"), readBack);
        if (there.isEmpty()) {
            dropped.add(CaseDifference.ROWS + ".unique_id");
            return;
        }
        row.properties().forEach(column -> {
            if (!NOT_READ_BACK.contains(column.getKey())
                    && !SameValue.same(column.getValue(), there.get(0).get(column.getKey()))) {
                dropped.add(CaseDifference.ROWS + "." + column.getKey());
            }
        });
    }
}
