package dev.tandem.sandbox.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which keys of a sent record survive (contract primero-v2 §3.5): all others are dropped without a word. */
final class WriteMask {
    /** Writable besides the forms. */
    private static final Set<String> CORE = Set.of(
            "status",
            "state",
            "case_status_reopened",
            "record_state",
            "incident_case_id",
            "registry_record_id",
            "family_id",
            "created_at",
            "source_case_display_id",
            "owned_by",
            "module_id");

    static final Set<String> SYNC = Set.of("mark_synced", "mark_synced_url", "mark_synced_status");
    private static final Set<String> UPDATE_FORBIDDEN =
            Set.of("unique_identifier", "unique_id", "short_id", "created_by", "case_id", "case_id_display");

    private final Configuration configuration;
    private final Version version;

    WriteMask(Configuration configuration, Version version) {
        this.configuration = configuration;
        this.version = version;
    }

    /** What is left of a record to be created; the id stays in it. Without a known module every form field goes. */
    ObjectNode forCreate(ObjectNode sent, Role role) {
        ObjectNode kept = reduce(sent, role, sent.path("module_id").asText(""), false);
        if (sent.has("id") && sent.get("id").isValueNode()) {
            kept.set("id", sent.get("id"));
        }
        return kept;
    }

    ObjectNode forUpdate(ObjectNode sent, Role role, String module) {
        return reduce(sent, role, module, version.atLeast(Version.V2_14));
    }

    /** Up to 2.10 an unknown key was an error instead (contract primero-v2 §0). */
    List<String> unknown(ObjectNode sent, ObjectNode kept) {
        List<String> unknown = new ArrayList<>();
        if (!version.atLeast(Version.V2_13)) {
            sent.fieldNames().forEachRemaining(name -> {
                if (!kept.has(name)) {
                    unknown.add("/" + name);
                }
            });
        }
        return unknown;
    }

    private ObjectNode reduce(ObjectNode sent, Role role, String module, boolean forbidding) {
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> entry : sent.properties()) {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (CORE.contains(name) || (SYNC.contains(name) && role.may("sync_external"))) {
                if (value.isValueNode()) {
                    kept.set(name, value);
                }
            } else if (module.equals(Configuration.MODULE)
                    && isWritable(name, role)
                    && !(forbidding && UPDATE_FORBIDDEN.contains(name))) {
                configuration
                        .forms()
                        .field(name)
                        .flatMap(field -> shaped(field, value))
                        .ifPresent(fit -> kept.set(name, fit));
            }
        }
        return kept;
    }

    private boolean isWritable(String name, Role role) {
        return configuration
                .forms()
                .formOf(name)
                .filter(form -> configuration.forms().inModule(form)
                        && !role.hiddenForms().contains(form)
                        && !role.readOnlyForms().contains(form))
                .isPresent();
    }

    /** Strong parameters: a scalar for an array, an array for a scalar, null for an array: gone. */
    private static Optional<JsonNode> shaped(Field field, JsonNode value) {
        if (!field.isArray()) {
            return value.isValueNode() ? Optional.of(value) : Optional.empty();
        }
        if (!value.isArray()) {
            return Optional.empty();
        }
        return field.type() == Field.Type.SUBFORM ? Optional.of(rows(field, value)) : scalars(value);
    }

    private static Optional<JsonNode> scalars(JsonNode value) {
        ArrayNode kept = Json.array();
        for (JsonNode element : value) {
            if (!element.isValueNode()) {
                return Optional.empty();
            }
            if (!element.isNull()) {
                kept.add(element);
            }
        }
        return Optional.of(kept);
    }

    private static ArrayNode rows(Field field, JsonNode value) {
        ArrayNode kept = Json.array();
        for (JsonNode row : value) {
            if (row.isObject()) {
                ObjectNode columns = kept.addObject();
                for (Map.Entry<String, JsonNode> entry : row.properties()) {
                    String name = entry.getKey();
                    if (name.equals("unique_id") || name.equals("_destroy")) {
                        if (entry.getValue().isValueNode()) {
                            columns.set(name, entry.getValue());
                        }
                    } else if (field.columns().containsKey(name)) {
                        shaped(field.columns().get(name), entry.getValue()).ifPresent(fit -> columns.set(name, fit));
                    }
                }
            }
        }
        return kept;
    }
}
