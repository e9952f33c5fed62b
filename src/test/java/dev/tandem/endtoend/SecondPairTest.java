package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.operation.OpenTandem;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.registry.RegistrySimulator;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of docs/edit/second-pair: a system of which no Java knows, beside the pair that ships. */
class SecondPairTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Path EXAMPLE = Path.of("docs/edit/second-pair");

    @TempDir
    Path directory;

    private RegistrySimulator registry;
    private EditedCopy edited;
    private Bench bench;

    @BeforeEach
    void start() {
        registry = RegistrySimulator.start();
        edited = new EditedCopy(directory);
        bench = edited.of(new Bench(directory))
                .with("tandem.system.registry.url", registry.url())
                .with("tandem.system.registry.token", RegistrySimulator.TOKEN);
        bench.oscar.worker("gpc").newClient(ClientForm.named("Somebody", "Else"));
    }

    @AfterEach
    void stop() {
        bench.close();
        registry.close();
    }

    @Test
    void a_case_is_written_once_again_when_it_changes_and_what_the_registry_says_comes_back() {
        addSecondPair();
        String id = caseInCare("medium");
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        try (OpenTandem tandem = OpenTandem.adopting(bench.settings())) {
            assertThat(tandem.sync().exitCode()).isZero();
            assertThat(registry.count()).isEqualTo(1);
            JsonNode child = registry.child(id).orElseThrow();
            assertThat(child.path("given_name").asText()).isEqualTo("Dara");
            assertThat(child.path("born").asText()).isEqualTo("2015-04-09");
            assertThat(child.path("sex").asText()).isEqualTo("M");
            assertThat(child.path("urgency").asInt()).isEqualTo(2);
            assertThat(child.path("active").asBoolean()).isTrue();

            bench.primero.worker().edit(id, Map.of("case_plan_notes", "nothing of it is the registry's"));
            tandem.syncInFull();
            assertThat(registry.puts()).isEqualTo(1);

            bench.primero.worker().edit(id, Map.of("name_first", "Darareaksmey"));
            tandem.sync();
            assertThat(registry.puts()).isEqualTo(2);
            assertThat(registry.child(id).orElseThrow().path("given_name").asText())
                    .isEqualTo("Darareaksmey");

            registry.place(id, "Lotus House");
            tandem.sync();
            assertThat(bench.primero
                            .caseById(id)
                            .orElseThrow()
                            .path("address_current")
                            .asText())
                    .isEqualTo("Shelter Lotus House");
            long writes = bench.primero.writesBy("tandem").size();
            SyncReport last = tandem.syncInFull();
            assertThat(last.sweeps())
                    .extracting(SyncReport.Sweep::source)
                    .containsExactly("oscar", "primero", "registry");
            assertThat(bench.primero.writesBy("tandem")).hasSize((int) writes);
            assertThat(registry.puts()).isEqualTo(2);

            bench.primero.worker().edit(id, Map.of("status", "closed"));
            tandem.sync();
            assertThat(registry.child(id).orElseThrow().path("active").asBoolean(true))
                    .isFalse();
            assertThat(registry.child(id)
                            .orElseThrow()
                            .path("placement")
                            .path("shelter")
                            .asText())
                    .isEqualTo("Lotus House");
        }
    }

    @Test
    void its_failures_are_tried_again_parked_and_gated_and_do_not_concern_the_other_pair() {
        addSecondPair();
        String id = caseInCare("medium");
        String undecided = caseInCare("no_action");
        bench.adopt();
        registry.faults().times(1, "PUT", "/children/:id", Fault.dropAfter());

        assertThat(bench.sync().exitCode()).isEqualTo(3);
        assertThat(registry.puts()).isEqualTo(2);
        assertThat(registry.count()).isEqualTo(1);
        try (Operations operations = bench.open()) {
            assertThat(operations
                            .ask(Operation.DEAD_LETTERS, new DeadLetterQuery("parked", Optional.empty(), 10))
                            .letters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.flow()).isEqualTo("primero-to-registry"))
                    .satisfies(letter -> assertThat(letter.record()).isEqualTo(undecided))
                    .satisfies(letter -> assertThat(letter.code()).isEqualTo("unmapped-code"));
        }

        bench.with("tandem.system.registry.token", "another-one");
        bench.primero.worker().edit(id, Map.of("name_first", "Darareaksmey"));
        refer();
        assertThat(bench.sync().exitCode()).isEqualTo(4);
        assertThat(bench.oscar.checks().referrals("cif")).hasSize(1);
        assertThat(bench.status().gates())
                .filteredOn(gate -> !gate.open())
                .extracting(StatusReport.Gate::system)
                .containsExactly("registry");
        assertThat(registry.calls().list(call -> call.status() == 401)).hasSizeLessThanOrEqualTo(2);

        bench.with("tandem.system.registry.token", RegistrySimulator.TOKEN);
        bench.sync();
        assertThat(registry.child(id).orElseThrow().path("given_name").asText()).isEqualTo("Darareaksmey");
    }

    @Test
    void it_comes_into_force_in_a_running_service_and_an_edit_brings_what_was_parked() throws Exception {
        bench.with("tandem.primero.schedule", "* * * * * ?").with("tandem.system.registry.schedule", "* * * * * ?");
        bench.primero.worker().newCase(Children.of("Somebody", "Else"));
        bench.adopt();
        try (RunningService service = RunningService.of(bench)) {
            await().atMost(SOON).until(() -> flows(service).size() == 2);

            addSecondPair();

            await().atMost(SOON)
                    .until(() -> flows(service).containsAll(List.of("primero-to-registry", "registry-to-primero")));
            String id = caseInCare("no_action");
            await().atMost(SOON).until(() -> parked(service) == 1);
            ObjectName bean = new ObjectName("dev.tandem:type=Flow,name=primero-to-registry");
            await().atMost(SOON).until(() -> Long.valueOf(1)
                    .equals(ManagementFactory.getPlatformMBeanServer().getAttribute(bean, "Parked")));

            EditedCopy.delete(edited.mappings.resolve("examples/primero-to-registry/child/level-without-a-row.json"));
            edited.replace(
                    edited.mappings.resolve("code-lists/registry-urgencies.csv"),
                    "low,3,",
                    "no_action,3,to-registry,\nlow,3,");

            await().atMost(SOON).until(() -> registry.child(id).isPresent());
            registry.place(id, "Lotus House");
            await().atMost(SOON).until(() -> bench.primero
                    .caseById(id)
                    .orElseThrow()
                    .path("address_current")
                    .asText()
                    .equals("Shelter Lotus House"));
            assertThat(service.status().configuration().turnedAway()).isEmpty();
        }
    }

    /** As the example's own page says. */
    private void addSecondPair() {
        EditedCopy.add(EXAMPLE.resolve("mappings"), edited.mappings);
        EditedCopy.add(EXAMPLE.resolve("routes"), edited.routes);
        edited.replace(
                edited.routes.resolve("sweep-primero.camel.yaml"),
                "flow: primero-to-oscar",
                "flow: primero-to-oscar,primero-to-registry");
    }

    private String caseInCare(String risk) {
        Map<String, Object> child = new HashMap<>(Children.of("Dara", "Example"));
        child.put("risk_level", risk);
        String id = bench.primero.worker().newCase(child);
        bench.primero.worker().addService(id, Map.of("service_type", "family_based_care"));
        return id;
    }

    private void refer() {
        var worker = bench.primero.worker();
        String id = worker.newCase(Children.of("Srey", "Example"));
        String row = worker.addService(id, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(id, row, "agency-cif-user", "Example note");
    }

    private static List<String> flows(RunningService service) {
        return service.status().flows().stream().map(StatusReport.Flow::flow).toList();
    }

    private static long parked(RunningService service) {
        return service.status().flows().stream()
                .filter(flow -> flow.flow().equals("primero-to-registry"))
                .mapToLong(StatusReport.Flow::parked)
                .sum();
    }
}
