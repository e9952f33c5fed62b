package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.Unmappable;
import java.util.ArrayList;
import java.util.List;

/** Runs the examples that lie beside the mappings: a mapping is tested without Java. */
public final class Examples {
    private Examples() {}

    /** Those that fail; none is good. */
    public static List<ExampleFailure> run(MappingSet mappings) {
        List<ExampleFailure> failures = new ArrayList<>();
        for (Example example : mappings.examples()) {
            List<String> differences = differences(mappings, example);
            if (!differences.isEmpty()) {
                failures.add(new ExampleFailure(example.file(), differences));
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
            return example.kind() == Example.Kind.unmappable
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
