package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.admin.AdminApi;
import dev.tandem.database.DatabaseHolder;
import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.request.DiscardRequest;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.http.Fault;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.oscar.ClientForm;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two Tandems on one machine, each with a ledger of its own: no command ever does anything to the other's. */
class SideBySideTest {
    @TempDir
    Path directory;

    @Test
    void a_command_acts_through_a_service_only_if_both_have_the_same_ledger() throws IOException {
        try (Bench ours = new Bench(Files.createDirectory(directory.resolve("ours")));
                Bench theirs = new Bench(Files.createDirectory(directory.resolve("theirs")))) {
            String ourLedger = withOneParked(ours);
            String theirLedger = withOneParked(theirs);
            assertThat(ourLedger).isNotEqualTo(theirLedger);
            try (TandemProcess our = service(ours);
                    TandemProcess their = service(theirs)) {
                our.ready();
                their.ready();
                // Ready for events, which is a little before the admin API.
                await().ignoreExceptions()
                        .until(() ->
                                beside(ours).status() != null && beside(theirs).status() != null);
                StatusReport beside = beside(ours).status();
                assertThat(beside.ledger().id()).isEqualTo(ourLedger);
                assertThat(beside.ledger().services()).singleElement().satisfies(service -> assertThat(service.since())
                        .isPresent());

                // What the settings say of the port does not count: who has the database does.
                String ourPort = ours.setting("tandem.management.port");
                ours.with("tandem.management.port", theirs.setting("tandem.management.port"));
                assertThat(beside(ours).status().ledger().id()).isEqualTo(ourLedger);

                // As if another one had come to the port of the one that has our database.
                DatabaseHolder holder = DatabaseHolder.of(ours.settings().db()).orElseThrow();
                assertThat(holder.managementPort()).contains(Integer.valueOf(ourPort));
                DatabaseHolder atTheirPort = new DatabaseHolder(
                        ourLedger,
                        holder.process(),
                        "run",
                        holder.since(),
                        Optional.of(Integer.valueOf(theirs.setting("tandem.management.port"))));
                atTheirPort.tell(ours.settings().db());
                assertThatThrownBy(() -> beside(ours))
                        .isInstanceOf(OperationFailed.class)
                        .hasMessageContaining("Nothing was done")
                        .hasMessageContaining(theirLedger.substring(0, 8))
                        .hasMessageContaining(ourLedger.substring(0, 8));
                assertThat(beside(theirs).status().flows()).anyMatch(flow -> flow.parked() == 1);
                holder.tell(ours.settings().db());
                whereThereIsNoLedgerNothingIsLeft(theirs);
                aSecondServiceOnTheSamePortsEnds(theirs, theirLedger);
                assertThat(our.stopped()).isZero();
            }
            assertThat(DatabaseHolder.of(ours.settings().db()))
                    .as("who has ended")
                    .isEmpty();
        }
    }

    /** Where the one who types has the wrong settings, or stands in the wrong directory. */
    private void whereThereIsNoLedgerNothingIsLeft(Bench theirs) throws IOException {
        Path nowhere = Files.createDirectory(directory.resolve("nowhere"));
        try (Bench none = new Bench(nowhere).with("tandem.management.port", theirs.setting("tandem.management.port"));
                Operations operations = none.open()) {
            assertThatThrownBy(() -> operations.ask(Operation.DISCARD, new DiscardRequest(1, "a test", "a test")))
                    .isInstanceOf(OperationFailed.class)
                    .hasMessageContaining("There is no ledger yet in this database (jdbc:h2:file:" + nowhere)
                    .hasMessageContaining("answers the Tandem of ledger")
                    .hasMessageContaining(directory.resolve("theirs").toString());
            assertThat(nowhere.toFile().list()).containsExactly("tandem.properties");
        }
    }

    private void aSecondServiceOnTheSamePortsEnds(Bench first, String ledger) throws IOException {
        try (Bench bench = new Bench(Files.createDirectory(directory.resolve("second")))
                        .adopt()
                        .with("tandem.http.port", first.setting("tandem.http.port"))
                        .with("tandem.management.port", first.setting("tandem.management.port"));
                Operations second = bench.open()) {
            assertThatThrownBy(second::run).isInstanceOfSatisfying(OperationFailed.class, failed -> {
                assertThat(failed.exitCode()).isEqualTo(2);
                assertThat(failed.getMessage().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                        .contains("is taken by the Tandem of ledger " + ledger.substring(0, 8)));
                assertThat(failed)
                        .hasMessageContaining(first.setting("tandem.http.port") + " (tandem.http.port)")
                        .hasMessageContaining(first.setting("tandem.management.port") + " (tandem.management.port)");
            });
        }
    }

    @Test
    void a_port_that_any_other_program_has_ends_the_start_with_one_line() throws IOException {
        for (String setting : List.of("tandem.http.port", "tandem.management.port")) {
            try (ServerSocket program = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    Bench bench = new Bench(Files.createDirectory(directory.resolve(setting)))
                            .adopt()
                            .with("tandem.http.port", String.valueOf(FreePort.any()))
                            .with("tandem.management.port", String.valueOf(FreePort.any()))
                            .with(setting, String.valueOf(program.getLocalPort()));
                    Operations service = bench.open()) {
                assertThatThrownBy(service::run).isInstanceOfSatisfying(OperationFailed.class, failed -> {
                    assertThat(failed.exitCode()).isEqualTo(2);
                    assertThat(failed.getMessage().lines())
                            .singleElement()
                            .asString()
                            .startsWith(
                                    "Port " + program.getLocalPort() + " (" + setting + ") is taken by java (process "
                                            + ProcessHandle.current().pid() + ")");
                });
            }
        }
    }

    private static TandemProcess service(Bench bench) {
        for (String schedule :
                List.of("primero.schedule", "primero.full-schedule", "oscar.schedule", "oscar.full-schedule")) {
            bench.with("tandem." + schedule, "off");
        }
        return TandemProcess.begin(bench, bench.settingsFile().getParent(), Map.of(), List.of(), "run");
    }

    private static String withOneParked(Bench bench) {
        bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
        var worker = bench.primero.worker();
        String caseId = worker.newCase(Children.of("Dara", "Example"));
        String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
        worker.refer(caseId, row, "agency-cif-user", "Example note");
        bench.oscar.faults().next("POST", "/api/v1/organizations/clients/upsert", Fault.refusal(422));
        bench.adopt().sync();
        StatusReport status = bench.status();
        assertThat(status.flows()).anyMatch(flow -> flow.parked() == 1);
        assertThat(status.ledger().services()).isEmpty();
        return status.ledger().id();
    }

    /** As a command in a process of its own reaches the service. */
    private static Operations beside(Bench bench) {
        return new AdminApi().ofRunningService(bench.settings());
    }
}
