package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Primero's forms of a case: where each field stands, and the columns of its subforms as {@code field.column}. */
record CaseForms(Map<String, List<Place>> fields) {
    /** @param field as Primero describes it */
    record Place(String form, List<String> modules, JsonNode field) {
        String lookup() {
            String source = Fields.text(field, "option_strings_source");
            return source.startsWith("lookup ") ? source.substring("lookup ".length()) : "";
        }
    }

    static CaseForms of(JsonNode forms) {
        Map<String, JsonNode> byId = new HashMap<>();
        forms.forEach(form -> byId.put(form.path("id").asText(), form));
        Map<String, List<Place>> fields = new LinkedHashMap<>();
        for (JsonNode form : forms) {
            if (!form.path("is_nested").asBoolean()) {
                List<String> modules = new ArrayList<>();
                form.path("module_ids").forEach(module -> modules.add(module.asText()));
                String name = Fields.text(form, "unique_id");
                for (JsonNode field : form.path("fields")) {
                    put(fields, Fields.text(field, "name"), new Place(name, modules, field));
                    JsonNode subform = byId.get(field.path("subform_section_id").asText());
                    for (JsonNode column : subform == null ? form.path("none") : subform.path("fields")) {
                        put(
                                fields,
                                Fields.text(field, "name") + "." + Fields.text(column, "name"),
                                new Place(name, modules, column));
                    }
                }
            }
        }
        return new CaseForms(fields);
    }

    private static void put(Map<String, List<Place>> fields, String name, Place place) {
        fields.computeIfAbsent(name, any -> new ArrayList<>()).add(place);
    }

    List<Place> of(String field) {
        return fields.getOrDefault(field, List.of());
    }
}
