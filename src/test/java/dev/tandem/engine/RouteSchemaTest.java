package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The YAML routes are what Camel's own schema says, so that editors which know it show no fault where there is none. */
class RouteSchemaTest {
    private static final JsonSchema CAMELS = camels();

    /** Of every directory that holds some: the shipped pair, the second one, the examples, those of the tests. */
    static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String directory : List.of("routes", "docs", "k8s", "src")) {
            try (Stream<Path> below = Files.walk(Path.of(directory))) {
                below.filter(file -> file.toString().endsWith(".camel.yaml"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void the_shipped_pair_and_the_second_one_are_among_them() throws IOException {
        assertThat(files())
                .contains(
                        Path.of("routes/write-case.camel.yaml"),
                        Path.of("docs/edit/second-pair/routes/sweep-registry.camel.yaml"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_is_as_camels_schema_has_it(Path file) throws IOException {
        JsonNode routes = new YAMLMapper().readTree(Files.readString(file));
        assertThat(CAMELS.validate(routes)).isEmpty();
    }

    private static JsonSchema camels() {
        try (InputStream schema = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
