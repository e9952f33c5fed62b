package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.InitReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.InitRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.sandbox.http.Call;
import dev.tandem.sandbox.world.OscarWorld;
import dev.tandem.sandbox.world.SharedChildren;
import dev.tandem.sandbox.world.World;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without a ledger a plan is what init with the same option and the first sync then do, call by call, and leaves nothing. */
class PlanIsRightTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"adopt, 1", "adopt, 2", "recover, 2", "since, 1", "since, 3"})
    void what_is_planned_is_what_is_then_done(String option, long seed) {
        try (Bench bench = new Bench(directory)) {
            World.seeded(seed).populate(bench.primero, 24);
            OscarWorld.populate(bench.oscar, 20, seed);
            SharedChildren.populate(bench.primero, bench.oscar, 8, seed + 1);
            InitRequest init = request(option, seed);

            PlanReport plan;
            try (Operations operations = bench.open()) {
                plan = operations.plan(
                        new PlanRequest(Optional.of(init), Optional.empty(), false, false), Progress.NONE);
            }
            assertThat(directory.toFile().list()).containsExactly("tandem.properties");
            assertThat(writes(bench)).isEmpty();

            InitReport made = bench.init(init);
            assertThat(plan.init().orElseThrow().baseline()).isEqualTo(made.baseline());
            assertThat(plan.init().orElseThrow().links()).isEqualTo(made.links());
            SyncReport sync = bench.sync();

            assertThat(planned(plan)).isEqualTo(done(sync, refused(bench)));
            assertThat(calls(plan)).isEqualTo(writes(bench));
            assertThatThrownBy(() -> {
                        try (Operations operations = bench.open()) {
                            operations.plan(
                                    new PlanRequest(Optional.of(init), Optional.empty(), false, false), Progress.NONE);
                        }
                    })
                    .hasMessageContaining("There is a ledger in this database already");
        }
    }

    private static InitRequest request(String option, long seed) {
        return switch (option) {
            case "adopt" -> new InitRequest.Adopt();
            case "recover" -> new InitRequest.Recover();
            default ->
                // Within what the worlds tell of, so that some of it is older and some is not.
                new InitRequest.Since(Instant.now().minus(Duration.ofDays(seed == 3 ? 1 : 60 * seed)));
        };
    }

    private static Map<String, String> planned(PlanReport plan) {
        return plan.counts().stream()
                .filter(count -> count.planned() + count.alreadyThere() + count.baseline() > 0)
                .collect(Collectors.toMap(
                        count -> count.flow() + " " + count.kind(),
                        count -> count.planned() + " sent, " + count.alreadyThere() + " there, " + count.baseline()
                                + " baseline",
                        (one, other) -> one,
                        TreeMap::new));
    }

    /** What a system refuses was sent to it all the same: no plan can know that it will. */
    private static Map<String, Long> refused(Bench bench) {
        return bench.ledger().all().stream()
                .filter(row -> row.state().equals("parked")
                        && String.valueOf(row.code()).startsWith("http-"))
                .collect(Collectors.groupingBy(
                        row -> row.flow() + " " + row.key().replaceFirst(":.*", ""), Collectors.counting()));
    }

    private static Map<String, String> done(SyncReport sync, Map<String, Long> refused) {
        return sync.effects().stream()
                .filter(count -> count.sent() + count.alreadyThere() + count.baseline() > 0)
                .collect(Collectors.toMap(
                        count -> count.flow() + " " + count.kind(),
                        count -> (count.sent() + refused.getOrDefault(count.flow() + " " + count.kind(), 0L))
                                + " sent, " + count.alreadyThere() + " there, " + count.baseline() + " baseline",
                        (one, other) -> one,
                        TreeMap::new));
    }

    private static Map<String, Long> calls(PlanReport plan) {
        return plan.calls().stream()
                .collect(Collectors.groupingBy(
                        call -> call.system() + " " + call.method(), TreeMap::new, Collectors.counting()));
    }

    private static Map<String, Long> writes(Bench bench) {
        Map<String, Long> writes = new TreeMap<>();
        bench.primero
                .calls()
                .list(PlanIsRightTest::writes)
                .forEach(call -> writes.merge("primero " + call.method(), 1L, Long::sum));
        bench.oscar
                .calls()
                .list(PlanIsRightTest::writes)
                .forEach(call -> writes.merge("oscar " + call.method(), 1L, Long::sum));
        return writes;
    }

    private static boolean writes(Call call) {
        return !call.method().equals("GET")
                && !call.template().contains("sign_in")
                && !call.template().endsWith("/tokens");
    }
}
