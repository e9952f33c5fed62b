package dev.tandem.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code examples/<mapping>/<case>.json}: an input and what must come of it.
 *
 * @param kind how {@code wanted} is to be understood
 */
record Example(String file, String mapping, JsonNode input, Kind kind, JsonNode wanted) {
    enum Kind {
        /** The output as a whole. */
        output,
        /** A part of the output: objects may hold more keys; null means that the key must not be there. */
        contains,
        /** {@code code/field} of the reason for which it is parked. */
        unmappable
    }

    private static final Pattern PATH = Pattern.compile("examples/(.+)/[^/]+\\.json");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    static List<Example> read(Map<String, String> files, Collection<String> mappings, Consumer<MappingFault> faults) {
        List<Example> examples = new ArrayList<>();
        files.forEach((file, text) -> {
            try {
                Matcher path = PATH.matcher(file);
                JsonNode json = JSON.readTree(text);
                if (!path.matches() || !mappings.contains(path.group(1))) {
                    faults.accept(new MappingFault(
                            file,
                            0,
                            0,
                            "there is no sound mapping for this example",
                            "examples/<mapping>/<case>.json"));
                    return;
                }
                List<Kind> kinds = new ArrayList<>();
                for (Kind kind : Kind.values()) {
                    if (json.has(kind.name())) {
                        kinds.add(kind);
                    }
                }
                if (!json.has("input") || kinds.size() != 1) {
                    faults.accept(new MappingFault(
                            file, 0, 0, "an example needs input, and one of output, contains, unmappable", ""));
                    return;
                }
                Kind kind = kinds.get(0);
                examples.add(new Example(file, path.group(1), json.get("input"), kind, json.get(kind.name())));
            } catch (JsonProcessingException e) {
                int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
                int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
                faults.accept(new MappingFault(file, line, column, "this is not JSON", "look just before this place"));
            }
        });
        return examples;
    }
}
