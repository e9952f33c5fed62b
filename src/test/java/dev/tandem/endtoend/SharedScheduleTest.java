package dev.tandem.endtoend;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two replicas on one PostgreSQL with the same schedules: each replica's own schedule fires, one does it. */
class SharedScheduleTest {
    private static final int MOMENTS = 3;

    @TempDir
    Path directory;

    @Test
    void one_of_them_begins_what_both_are_fired_for() {
        String url = TestDatabase.freshUrl();
        try (Bench bench = Quick.bench(directory, url);
                Overheard log = new Overheard(Map.of())) {
            bench.adopt();
            EditedCopy copy = new EditedCopy(directory);
            Path sweep = copy.routes.resolve("sweep-primero.camel.yaml");
            insert(copy, sweep, "fired", "to", "begin-changed-cases");
            insert(copy, sweep, "begun", "bean", "from-where-to-read-cases");
            Path summary = copy.routes.resolve("notices.camel.yaml");
            bench.with("tandem.notices.summary", "0/2 * * * * ?");
            insert(copy, summary, "fired", "to", "end-if-another-replica-sums-up");
            insert(copy, summary, "begun", "bean", "sum-up");
            copy.of(bench);
            Tables tables = new Tables(url, "postgres");
            try (RunningService one = RunningService.of(bench)) {
                await("the first one runs").atMost(Duration.ofSeconds(60)).until(() -> tables.replicas() == 1);
                try (RunningService other = RunningService.of(bench)) {
                    await("both are fired for some moments")
                            .atMost(Duration.ofSeconds(60))
                            .until(() ->
                                    bothFired(log, "sweep-primero") >= MOMENTS && bothFired(log, "notices") >= MOMENTS);
                }
            }
            assertThat(moments(log, "begun", "sweep-primero"))
                    .isNotEmpty()
                    .allSatisfy((moment, times) -> assertThat(times).isEqualTo(1));
            assertThat(moments(log, "begun", "notices"))
                    .containsOnlyKeys(moments(log, "fired", "notices").keySet())
                    .allSatisfy((moment, times) -> assertThat(times).isEqualTo(1));
        }
    }

    /** Has the moment of the schedule logged before that step. */
    private static void insert(EditedCopy copy, Path file, String word, String kind, String step) {
        String what = file.getFileName().toString().replaceFirst("[.].*", "");
        String found = "        - %s:\n            id: %s\n".formatted(kind, step);
        copy.replace(file, found, """
                        - log:
                            id: test-%1$s-%2$s
                            loggingLevel: WARN
                            message: "test-%1$s %2$s ${header.scheduledFireTime?.time}."
                """.formatted(word, what) + found);
    }

    private static long bothFired(Overheard log, String what) {
        return moments(log, "fired", what).values().stream()
                .filter(times -> times == 2)
                .count();
    }

    /** How often which moment is in the log. */
    private static Map<String, Long> moments(Overheard log, String word, String what) {
        // Each line is there twice: as it was logged, and as it was printed, with its time.
        return Pattern.compile("^[a-z-]+ test-" + word + " " + what + " (\\d+)[.]", Pattern.MULTILINE)
                .matcher(log.all())
                .results()
                .collect(groupingBy(found -> found.group(1), counting()));
    }
}
