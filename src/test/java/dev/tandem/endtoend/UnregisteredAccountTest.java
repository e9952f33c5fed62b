package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.operation.Operation;
import dev.tandem.operation.Operations;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.ClientForm;
import dev.tandem.sandbox.oscar.Outward;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An account that OSCaR has not registered is served like any other, and shown what is nobody's (contract oscar-interop §12). */
class UnregisteredAccountTest {
    @TempDir
    Path directory;

    private static void exits2(ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOfSatisfying(OperationFailed.class, failed -> {
            assertThat(failed.exitCode()).isEqualTo(2);
            assertThat(failed.getMessage()).contains("not registered as an external system");
        });
    }

    private static void referBetweenNgos(Bench bench) {
        var ngo = bench.oscar.worker("cif");
        String slug = ngo.newClient(ClientForm.named("Srey", "Sample").livesAt("19020105"));
        bench.oscar.worker("gpc");
        ngo.referToNgo(slug, "gpc", Outward.of("low", "Kinship care"));
    }

    @Test
    void where_a_row_shows_it_every_command_stops_and_no_case_is_made() {
        try (Bench bench = new Bench(directory)) {
            bench.oscar.switches().registered(false);
            referBetweenNgos(bench);
            exits2(bench::adopt);
            bench.oscar.switches().registered(true);
            bench.adopt();
            bench.oscar.switches().registered(false);
            exits2(() -> {
                try (Operations operations = bench.open()) {
                    operations.plan(new PlanRequest(Optional.empty(), false, false), Progress.NONE);
                }
            });
            exits2(bench::sync);
            exits2(() -> {
                try (Operations operations = bench.open()) {
                    operations.run();
                }
            });
            assertThat(bench.primero.caseCount()).isZero();

            bench.oscar.switches().registered(true);
            try (Operations operations = bench.open()) {
                operations.ask(Operation.REOPEN, new Operation.BySystem("oscar"));
            }
            assertThat(bench.sync().exitCode()).isZero();
            assertThat(bench.primero.cases())
                    .as("the child itself, as any other, without the referral")
                    .allSatisfy(
                            each -> assertThat(each.path("services_section")).isEmpty());
        }
    }

    @Test
    void where_no_row_shows_it_the_first_refusal_closes_the_gate_and_parks_nothing() {
        try (Bench bench = new Bench(directory)) {
            bench.oscar.worker("cif").newClient(ClientForm.named("Somebody", "Else"));
            bench.oscar.switches().registered(false);
            var worker = bench.primero.worker();
            for (int i = 0; i < 3; i++) {
                String caseId = worker.newCase(Children.of("Dara" + i, "Example"));
                String row = worker.addService(caseId, Children.referral("counselling_trauma", "agency-cif"));
                worker.refer(caseId, row, "agency-cif-user", "Example note");
            }
            bench.adopt();
            exits2(bench::sync);
            assertThat(bench.status().flows())
                    .allSatisfy(flow -> assertThat(flow.parked()).isZero());
            assertThat(bench.status().gates())
                    .anySatisfy(gate -> assertThat(gate.code()).contains("not-registered"));

            bench.oscar.switches().registered(true);
            try (Operations operations = bench.open()) {
                operations.ask(Operation.REOPEN, new Operation.BySystem("oscar"));
            }
            assertThat(bench.sync().exitCode()).isZero();
            assertThat(bench.oscar.checks().referrals("cif")).hasSize(3);
        }
    }
}
