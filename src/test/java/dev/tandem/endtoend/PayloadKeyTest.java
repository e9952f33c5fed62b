package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.ledger.TestDatabase;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.sandbox.oscar.ClientForm;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A wrong payload key is noticed before anything is read or marked with it. */
class PayloadKeyTest {
    private static final String FIRST = key(1);
    private static final String SECOND = key(2);
    private static final String NONE = "";

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource
    void a_wrong_key_is_told_by_every_command_and_a_rotated_one_marks_nothing_again(TestDatabase database) {
        try (Bench bench = new Bench(directory)) {
            if (database == TestDatabase.POSTGRESQL) {
                bench.onPostgresql();
            }
            bench.oscar.worker("cif").newClient(ClientForm.named("Srey", "Sample"));
            bench.primero.worker().newCase(Children.of("Dara", "Example"));
            keys(bench, FIRST, NONE).adopt().syncInFull();
            // What the first one wrote is read back.
            bench.syncInFull();
            List<LedgerRows.Row> before = bench.ledger().all();

            keys(bench, SECOND, NONE);
            List<Consumer<Operations>> commands = List.of(
                    Operations::status,
                    Operations::run,
                    operations -> operations.plan(new PlanRequest(Optional.empty(), false, false), Progress.NONE));
            for (Consumer<Operations> command : commands) {
                try (Operations operations = bench.open()) {
                    assertThatThrownBy(() -> command.accept(operations))
                            .isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed.exitCode())
                                    .isEqualTo(2))
                            .hasMessageContaining("The payload key is not the one of this ledger")
                            .hasMessageContaining("tandem.payload.previous-key");
                }
            }
            assertThatThrownBy(bench::sync).hasMessageContaining("The payload key is not the one of this ledger");
            assertThat(bench.ledger().all()).isEqualTo(before);

            marksNothing(keys(bench, SECOND, FIRST).syncInFull());
            marksNothing(keys(bench, SECOND, NONE).syncInFull());
            assertThatThrownBy(keys(bench, FIRST, NONE)::status).hasMessageContaining("The payload key is not the one");

            keys(bench, FIRST, "lost").syncInFull();
            marksNothing(keys(bench, FIRST, NONE).syncInFull());
        }
    }

    private static void marksNothing(SyncReport report) {
        assertThat(report.sweeps()).isNotEmpty().allSatisfy(sweep -> {
            assertThat(sweep.read()).isPositive();
            assertThat(sweep.marked()).isZero();
        });
    }

    private static Bench keys(Bench bench, String key, String previous) {
        return bench.with("tandem.payload.key", key).with("tandem.payload.previous-key", previous);
    }

    private static String key(int fill) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) fill;
        return Base64.getEncoder().encodeToString(bytes);
    }
}
