package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process whose environment holds what Camel would take for itself: the settings are read in one place only. */
class EnvironmentTest {
    /** What Kubernetes sets for Services of these names, what Camel's own configuration is called, and no setting at all. */
    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("TANDEM_OSCAR_SCHEDULE", "OFF"),
            Map.entry("TANDEM_OSCAR_FULL_SCHEDULE", "off"),
            Map.entry("TANDEM_PRIMERO_SCHEDULE", "Off"),
            Map.entry("TANDEM_PRIMERO_FULL_SCHEDULE", ""),
            Map.entry("TANDEM_OSCAR_SWEEP_ON_EVENT", " "),
            Map.entry("TANDEM_OSCAR_LONGEST_CALL", "none"),
            Map.entry("TANDEM_PRIMERO_SCHEDULE_ENABLED", "perhaps"),
            Map.entry("TANDEM_PRIMERO_WEBHOOK_ENABLED", "perhaps"),
            Map.entry("TANDEM_SERVICE", "tcp://10.0.0.1:8080"),
            Map.entry("TANDEM_SERVICE_HOST", "10.0.0.1"),
            Map.entry("TANDEM_SERVICE_PORT", "8080"),
            Map.entry("TANDEM_PORT", "tcp://10.0.0.1:8080"),
            Map.entry("CAMEL_MAIN_NAME", "another"),
            Map.entry("CAMEL_MAIN_ROUTES_INCLUDE_PATTERN", "file:/nowhere/*.yaml"),
            Map.entry("CAMEL_MAIN_NO_SUCH_OPTION", "x"),
            Map.entry("CAMEL_MAIN_PROFILE", "prod"),
            Map.entry("CAMEL_MAIN_PROPERTY_PLACEHOLDER_LOCATION", "file:/nowhere/placeholders"),
            Map.entry("CAMEL_MAIN_INITIAL_PROPERTIES_LOCATION", "file:/nowhere/initial"),
            Map.entry("CAMEL_MAIN_OVERRIDE_PROPERTIES_LOCATION", "file:/nowhere/override"),
            Map.entry("CAMEL_MAIN_CLOUD_PROPERTIES_LOCATION", "/proc/self"),
            Map.entry("CAMEL_MANAGEMENT_PORT", "1"),
            Map.entry("CAMEL_SERVER_PORT", "1"),
            Map.entry("CAMEL_COMPONENT_HTTP_NO_SUCH_OPTION", "x"),
            Map.entry("CAMEL_COMPONENT_PROPERTIES_ENVIRONMENTVARIABLEMODE", "2"));

    @Test
    void a_service_starts_and_stops_whatever_variables_there_are(@TempDir Path directory) {
        try (Bench bench = ListeningService.prepared(new Bench(directory))) {
            bench.adopt();
            try (TandemProcess service = TandemProcess.begin(
                    bench,
                    directory,
                    HOSTILE,
                    List.of("-Dcamel.main.noSuchOption=x", "-Dtandem.oscar.schedule=none", "-Dcamel.server.port=1"),
                    "run")) {
                service.ready();
                assertThat(service.stopped()).as(service.log()).isZero();
                assertThat(service.log()).doesNotContain(" ERROR ");
            }
        }
    }

    @Test
    void a_route_that_names_a_secret_or_a_variable_is_refused_without_its_value(@TempDir Path directory)
            throws IOException {
        try (Bench bench = new Bench(directory)) {
            EditedCopy copy = new EditedCopy(directory);
            Path file = copy.routes.resolve("own.camel.yaml");
            Files.writeString(file, """
                    - route:
                        id: own
                        description: Tells what it must not
                        from:
                          uri: direct:own
                          steps:
                            - log: {id: tell-one, message: "{{tandem.primero.password}}"}
                            - log: {id: tell-two, message: "{{env:TANDEM_PRIMERO_PASSWORD}}"}
                            - log: {id: tell-three, message: "${sysenv.TANDEM_PRIMERO_PASSWORD}"}
                            - log: {id: tell-four, message: "${properties:tandem.primero.password}"}
                            - log: {id: tell-five, message: "{{service.host:tandem}}"}
                    """);
            copy.of(bench);
            try (TandemProcess check = TandemProcess.begin(
                    bench,
                    directory,
                    Map.of("TANDEM_PRIMERO_PASSWORD", "synthetic-canary", "TANDEM_SERVICE_HOST", "synthetic-canary"),
                    List.of(),
                    "validate")) {
                assertThat(check.ended()).as(check.log()).isEqualTo(2);
                assertThat(check.log())
                        .contains("own.camel.yaml:7: {{tandem.primero.password}} is no setting")
                        .contains("own.camel.yaml:8: {{env}} is no setting")
                        .contains("own.camel.yaml:9: an expression with ${sysenv")
                        .contains("own.camel.yaml:10: an expression with ${properties")
                        .contains("own.camel.yaml:11: {{service.host}} is no setting")
                        .doesNotContain("synthetic-canary");
            }
        }
    }
}
