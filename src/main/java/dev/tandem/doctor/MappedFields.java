package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.mapping.MappingSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which fields of a case the mappings need: those that they write, as their examples show, with the values that they write
 * there; those that {@code ownership.csv} gives to OSCaR, which are written too; and those that it gives to Primero.
 *
 * @param written by name, the columns of a row as {@code services_section.column}
 * @param read those that are only read
 */
record MappedFields(Map<String, List<JsonNode>> written, Set<String> read, Set<String> modules) {
    private static final String ROWS = "services_section";
    private static final String MODULE = "module_id";

    /** Primero's own keys of a record and of a row: they are on no form (contract primero-v2 §3.5). */
    private static final Set<String> CORE =
            Set.of("id", "owned_by", MODULE, "status", "record_state", "created_at", ROWS + ".unique_id");

    static MappedFields of(MappingSet mappings) {
        Map<String, List<JsonNode>> written = new TreeMap<>();
        mappings.exampleOutputs().forEach((mapping, outputs) -> {
            if (mapping.contains("-to-primero/")) {
                outputs.forEach(output -> {
                    fields(output.path("fields"), "", written);
                    fields(output.path("row"), ROWS + ".", written);
                });
            }
        });
        Set<String> modules = new TreeSet<>();
        written.getOrDefault(MODULE, List.of()).forEach(module -> modules.add(module.asText()));
        written.keySet().removeAll(CORE);
        Set<String> read = new TreeSet<>();
        mappings.owners().forEach((owned, owner) -> {
            // With a remark in parentheses, such as for which rows.
            String field = owned.replaceFirst("\\s.*", "");
            read.add(field);
            if (owner.equals("oscar")) {
                written.computeIfAbsent(field, name -> new ArrayList<>());
            }
        });
        read.removeAll(CORE);
        read.removeAll(written.keySet());
        return new MappedFields(written, read, modules);
    }

    private static void fields(JsonNode object, String prefix, Map<String, List<JsonNode>> written) {
        // A null in an example may also say that the field is not written.
        object.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> written.computeIfAbsent(prefix + field.getKey(), name -> new ArrayList<>())
                        .add(field.getValue()));
    }
}
