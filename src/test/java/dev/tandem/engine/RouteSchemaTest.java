package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The YAML routes are what Camel's own schema says, so that editors which know it show no fault where there is none. */
class RouteSchemaTest {
    private static final JsonSchema CAMELS = camels();

    static Stream<Path> files() throws IOException {
        return Stream.of("routes", "docs/edit/second-pair/routes").flatMap(directory -> {
            try (Stream<Path> files = Files.list(Path.of(directory))) {
                return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList().stream();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("files")
    void a_file_is_as_camels_schema_has_it(Path file) throws IOException {
        JsonNode routes = new YAMLMapper().readTree(Files.readString(file));
        Set<ValidationMessage> faults = CAMELS.validate(routes);
        assertThat(faults)
                .filteredOn(fault -> !isPlaceholderOfStart(fault, routes))
                .isEmpty();
    }

    /** The one thing that Camel takes and its schema does not know. A {@code precondition} would hide the route from checks. */
    private static boolean isPlaceholderOfStart(ValidationMessage fault, JsonNode routes) {
        String where = fault.getInstanceLocation().toString();
        return where.endsWith(".route.autoStartup")
                && routes.at(where.replaceFirst("^\\$\\[(\\d+)]", "/$1").replace('.', '/'))
                        .asText()
                        .matches("\\{\\{tandem\\.[a-z.-]+}}");
    }

    private static JsonSchema camels() {
        try (InputStream schema = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
