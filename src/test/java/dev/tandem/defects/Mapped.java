package dev.tandem.defects;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.live.Edition;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.mapping.MappingSet;
import java.nio.file.Path;

/** What the shipped mappings make of an input, for what no simulator would send. */
final class Mapped {
    private static final MappingSet SET = load();

    private Mapped() {}

    static JsonNode by(String mapping, JsonNode input) {
        return SET.apply(mapping, input);
    }

    private static MappingSet load() {
        try {
            return MappingSet.of(Edition.readMappings(Path.of("mappings")));
        } catch (InvalidMappings e) {
            throw new AssertionError(e);
        }
    }
}
