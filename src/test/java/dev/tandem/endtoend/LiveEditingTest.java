package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tandem.operation.report.StatusReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Routes and mappings are edited while a service runs on them. */
class LiveEditingTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String FIRST = "counselling_trauma";

    @TempDir
    Path directory;

    private Bench bench;
    private EditedCopy edited;

    @BeforeEach
    void start() {
        edited = new EditedCopy(directory);
        bench = edited.of(new Bench(directory))
                .with("tandem.primero.schedule", "* * * * * ?")
                .with("tandem.oscar.schedule", "* * * * * ?");
        bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void a_mapping_that_is_mended_brings_the_parked_referral_through_without_restart_or_command() {
        Path services = edited.mappings.resolve("code-lists/services.csv");
        String whole = edited.read(services);
        String row = whole.lines()
                .filter(line -> line.startsWith(FIRST + ","))
                .findFirst()
                .orElseThrow();
        edited.forgetExamplesWith("counselling");
        edited.replace(services, row + "\n", "");
        try (RunningService service = RunningService.of(bench)) {
            refer();
            await().atMost(SOON).until(() -> flow(service).parked() == 1);
            assertThat(arrived()).isZero();

            edited.write(services, whole);

            await().atMost(SOON).until(() -> arrived() == 1);
            await().atMost(SOON).until(() -> flow(service).parked() == 0);
        }
    }

    @Test
    void a_broken_edit_is_named_with_file_and_line_and_what_was_in_force_goes_on() {
        try (RunningService service = RunningService.of(bench)) {
            refer();
            await().atMost(SOON).until(() -> arrived() == 1);
            String version = service.status().configuration().version().orElseThrow();

            Path route = edited.routes.resolve("referral-to-oscar.camel.yaml");
            String good = edited.read(route);
            edited.replace(route, "- setHeader:", "- setHaeder:");
            edited.replace(edited.mappings.resolve("primero-to-oscar/link.jslt"), "{", "{ {");

            await().atMost(SOON).until(() -> turnedAway(service).isPresent());
            assertThat(turnedAway(service).orElseThrow().faults())
                    .anyMatch(fault -> fault.startsWith("primero-to-oscar/link.jslt:"));
            edited.replace(edited.mappings.resolve("primero-to-oscar/link.jslt"), "{ {", "{");
            await().atMost(SOON).until(() -> turnedAway(service)
                    .filter(edit -> edit.files().size() == 1)
                    .isPresent());
            assertThat(turnedAway(service).orElseThrow().faults())
                    .singleElement()
                    .asString()
                    .matches("(?s)referral-to-oscar.camel.yaml:\\d+: .*setHaeder.*did you mean setHeader.*");
            assertThat(service.status().configuration().version()).hasValue(version);
            refer();
            await().atMost(SOON).until(() -> arrived() == 2);

            edited.write(route, good);
            await().atMost(SOON).until(() -> turnedAway(service).isEmpty());
        }
    }

    @Test
    void a_route_becomes_its_twin_in_xml_and_the_shared_error_handling_another_while_referrals_cross()
            throws Exception {
        try (RunningService service = RunningService.of(bench)) {
            String first = inForce(service);
            Path yaml = edited.routes.resolve("referral-to-oscar.camel.yaml");
            edited.write(edited.routes.resolve("referral-to-oscar.camel.xml"), inXml(edited.read(yaml)));
            EditedCopy.delete(yaml);
            await().atMost(SOON).until(() -> !inForce(service).equals(first));
            refer();
            await().atMost(SOON).until(() -> arrived() == 1);

            String second = inForce(service);
            Path errors = edited.routes.resolve("errors.camel.yaml");
            edited.write(errors, "# Edited.\n" + edited.read(errors));
            await().atMost(SOON).until(() -> !inForce(service).equals(second));
            refer();
            await().atMost(SOON).until(() -> arrived() == 2);
            assertThat(turnedAway(service)).isEmpty();
        }
    }

    @Test
    void what_is_broken_at_the_start_stops_it_unless_the_last_good_version_may_stand_in() {
        try (RunningService service = RunningService.of(bench)) {
            await().atMost(SOON)
                    .until(() -> service.status().configuration().version().isPresent());
        }
        Path route = edited.routes.resolve("read-case.camel.yaml");
        edited.replace(route, "- setHeader:", "- setHaeder:");

        RunningService refused = RunningService.of(bench);
        Throwable why = catchThrowable(() -> refused.ended().join());
        assertThat(why)
                .hasCauseInstanceOf(OperationFailed.class)
                .hasMessageContaining("read-case.camel.yaml:")
                .hasMessageContaining("setHaeder");
        assertThat(catchThrowable(refused::close)).isInstanceOf(AssertionError.class);

        bench.with("tandem.edit.start-on-last-good", "true");
        try (RunningService service = RunningService.of(bench)) {
            await().atMost(SOON).until(() -> turnedAway(service).isPresent());
            refer();
            await().atMost(SOON).until(() -> arrived() == 1);
            edited.replace(route, "- setHaeder:", "- setHeader:");
            await().atMost(SOON).until(() -> turnedAway(service).isEmpty());
        }
    }

    private void refer() {
        var worker = bench.primero.worker();
        String id = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(id, Children.referral(FIRST, "agency-cif"));
        worker.refer(id, row, "agency-cif-user", "Example note");
    }

    private int arrived() {
        return bench.oscar.checks().referrals("cif").size();
    }

    private static StatusReport.Flow flow(RunningService service) {
        return service.status().flows().stream()
                .filter(flow -> flow.flow().equals("primero-to-oscar"))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<StatusReport.TurnedAway> turnedAway(RunningService service) {
        return service.status().configuration().turnedAway();
    }

    private static String inForce(RunningService service) {
        await().atMost(SOON)
                .until(() -> service.status().configuration().version().isPresent());
        return service.status().configuration().version().orElseThrow();
    }

    private static String inXml(String yaml) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setAutoStartup(false);
            PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("route.camel.yaml", yaml));
            RoutesDefinition routes = new RoutesDefinition();
            routes.setRoutes(context.getRouteDefinitions());
            return PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, routes);
        }
    }
}
