package dev.tandem.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.live.Edition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The mappings of this repository, as a user gets them. */
public final class TheMappings {
    static final ObjectMapper JSON = new ObjectMapper();
    public static final MappingSet SET = load();

    private TheMappings() {}

    private static MappingSet load() {
        try {
            return MappingSet.of(Edition.readMappings(Path.of("mappings")));
        } catch (InvalidMappings e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode resource(String name) {
        try (InputStream in = TheMappings.class.getResourceAsStream(name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
