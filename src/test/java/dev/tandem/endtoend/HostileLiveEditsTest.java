package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.live.HostileEdits;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.StatusReport;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running service looks at what somebody has put into its directories, and is not harmed. */
class HostileLiveEditsTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void every_hostile_edit_gets_a_verdict_and_the_next_good_one_comes_into_force() throws IOException {
        EditedCopy edited = new EditedCopy(directory);
        List<HostileEdits.Edit> edits = HostileEdits.table();
        try (Bench bench = edited.of(new Bench(directory));
                HostileEdits hostile = new HostileEdits(directory.resolve("outside"))) {
            bench.adopt();
            try (RunningService service = RunningService.of(bench)) {
                await().atMost(SOON)
                        .until(() -> service.status().configuration().version().isPresent());
                Optional<String> version = service.status().configuration().version();

                // Status shows no more of the faults of one edit than fits into its row.
                for (int i = 0; i < edits.size(); i += 12) {
                    List<HostileEdits.Edit> some = edits.subList(i, Math.min(edits.size(), i + 12)).stream()
                            .filter(edit -> !edit.attempt().endsWith("quietly"))
                            .toList();
                    for (HostileEdits.Edit edit : some) {
                        Files.writeString(edited.routes.resolve(edit.file()), hostile.of(edit));
                    }
                    await().atMost(SOON).until(() -> some.stream()
                            .allMatch(edit -> faults(service).contains(edit.file() + ":")));
                    assertThat(hostile.harm(faults(service))).isEmpty();
                    assertThat(service.status().configuration().version()).isEqualTo(version);
                    for (HostileEdits.Edit edit : some) {
                        Files.delete(edited.routes.resolve(edit.file()));
                    }
                }
                Path route = edited.routes.resolve("read-case.camel.yaml");
                edited.write(route, "# Edited.\n" + edited.read(route));
                await().atMost(SOON)
                        .until(() -> !service.status().configuration().version().equals(version));
            }
        }
    }

    @Test
    void commands_refuse_it_too_before_they_load_or_call_anything() throws IOException {
        EditedCopy edited = new EditedCopy(directory);
        Path started = directory.resolve("started");
        try (Bench bench = edited.of(new Bench(directory))) {
            Path own = edited.routes.resolve("own.camel.yaml");
            Files.writeString(own, """
                    - route:
                        id: own
                        from:
                          uri: timer:own
                          parameters:
                            repeatCount: 1
                          steps:
                            - to:
                                uri: exec:touch
                                parameters:
                                  args: %s
                    """.formatted(started));
            refused(() -> bench.adopt());
            Files.delete(own);
            bench.adopt();
            Files.writeString(
                    own, "- route:\n    from:\n      uri: direct:own\n      steps:\n        - to: direct:nowhere\n");
            int calls = bench.primero.calls().list().size();
            refused(() -> bench.sync());
            refused(() -> {
                try (Operations tandem = bench.open()) {
                    tandem.plan(new PlanRequest(Optional.empty(), false, false), Progress.NONE);
                }
            });
            assertThat(bench.primero.calls().list()).hasSize(calls);
        }
        assertThat(started).doesNotExist();
    }

    private static void refused(ThrowableAssert.ThrowingCallable command) {
        assertThatThrownBy(command).isInstanceOfSatisfying(OperationFailed.class, failed -> assertThat(failed)
                .hasMessageContaining("own.camel.yaml:"));
    }

    private static String faults(RunningService service) {
        return service.status()
                .configuration()
                .turnedAway()
                .map(StatusReport.TurnedAway::faults)
                .map(faults -> String.join("\n", faults))
                .orElse("");
    }
}
