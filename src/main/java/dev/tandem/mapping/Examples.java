package dev.tandem.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.outcome.Unmappable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The examples that lie beside the mappings: a mapping is tested without Java. */
public final class Examples {
    private static final Pattern PATH = Pattern.compile("examples/(.+)/[^/]+\\.json");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    enum Kind {
        /** The output as a whole. */
        output,
        /** A part of the output: objects may hold more keys; null means that the key must not be there. */
        contains,
        /** {@code code/field} of the reason for which it is parked. */
        unmappable
    }

    /**
     * {@code examples/<mapping>/<case>.json}: an input and the result that it must give.
     *
     * @param kind how {@code wanted} is to be understood
     */
    record Example(String file, String mapping, JsonNode input, Kind kind, JsonNode wanted) {}

    private Examples() {}

    static List<Example> read(Map<String, String> files, Collection<String> mappings, Consumer<MappingFault> faults) {
        List<Example> examples = new ArrayList<>();
        files.forEach((file, text) -> {
            try {
                Matcher path = PATH.matcher(file);
                JsonNode json = JSON.readTree(text);
                if (!path.matches() || !mappings.contains(path.group(1))) {
                    faults.accept(new MappingFault(
                            file, "there is no sound mapping for this example", "examples/<mapping>/<case>.json"));
                    return;
                }
                List<Kind> kinds = Stream.of(Kind.values())
                        .filter(kind -> json.has(kind.name()))
                        .toList();
                if (!json.has("input") || kinds.size() != 1) {
                    faults.accept(new MappingFault(
                            file, "an example needs input, and one of output, contains, unmappable", ""));
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

    /** Those that fail, with the paths that differ, such as {@code $.data[0].referral_id differs}; no values. */
    public static List<String> run(MappingSet mappings) {
        List<String> failures = new ArrayList<>();
        for (Example example : mappings.examples()) {
            List<String> differences = differences(mappings, example);
            if (!differences.isEmpty()) {
                failures.add(example.file() + ": " + String.join("; ", differences));
            }
        }
        return failures;
    }

    /** How many there are. */
    public static int count(MappingSet mappings) {
        return mappings.examples().size();
    }

    private static List<String> differences(MappingSet mappings, Example example) {
        JsonNode got;
        try {
            got = mappings.apply(example.mapping(), example.input());
        } catch (Unmappable e) {
            String reason = e.code() + "/" + e.field();
            return example.kind() == Kind.unmappable
                            && example.wanted().asText().equals(reason)
                    ? List.of()
                    : List.of("unmappable: " + reason + ", " + e.getMessage());
        }
        return switch (example.kind()) {
            case unmappable ->
                List.of("mapped, wanted unmappable " + example.wanted().asText());
            case output -> JsonDifference.between(example.wanted(), got, false);
            case contains -> JsonDifference.between(example.wanted(), got, true);
        };
    }
}
