package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.http.Call;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Months of social work on both sides at random, a sync after each day's acts: whatever people did, in the end every
 * referral, decision, id and link is equal on both sides under the contract's rules, or listed with a reason; and then there
 * is nothing left to send.
 *
 * <p>The same seed tells the same story. In a normal build 300 children and 15 rounds; with {@code -Dtandem.story=long} 2,000
 * and 50; {@code -Dtandem.story.seed=N} tells another one, {@code N-M} several.
 */
class RandomActsTest {
    private static final boolean LONG = "long".equals(System.getProperty("tandem.story"));
    private static final int CHILDREN = LONG ? 2000 : 300;
    private static final int ROUNDS = LONG ? 50 : 15;

    @TempDir
    Path directory;

    static LongStream seeds() {
        String[] bounds = System.getProperty("tandem.story.seed", "1").split("-");
        return LongStream.rangeClosed(Long.parseLong(bounds[0]), Long.parseLong(bounds[bounds.length - 1]));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatever_people_do_both_sides_agree_in_the_end_or_it_is_listed(long seed) {
        try (Bench bench = new Bench(directory)) {
            Story story = new Story(seed, bench.primero, bench.oscar).withAll();
            Watched watched = new Watched();
            story.begin(CHILDREN);
            bench.adopt();
            for (int round = 1; round <= ROUNDS; round++) {
                story.acts(CHILDREN / 4);
                watched.look(bench.oscar);
                if (round % 3 == 0) {
                    bench.syncInFull();
                } else {
                    bench.sync();
                }
                assertThat(repeats(bench)).as("seed %d, round %d", seed, round).isEmpty();
            }
            assertThat(story.done.keySet())
                    .as("acts that are possible at all; refused: %s", story.refused)
                    .containsExactlyInAnyOrder(Story.Act.values());
            story.end();
            for (int last = 0; last < 2; last++) {
                watched.look(bench.oscar);
                bench.syncInFull();
            }
            watched.look(bench.oscar);
            assertThat(faults(bench, watched)).as("seed %d, the end", seed).isEmpty();

            long newest = bench.primero.calls().list().stream()
                    .mapToLong(Call::number)
                    .max()
                    .orElse(0);
            bench.oscar.calls().clear();
            bench.syncInFull();
            assertThat(bench.primero
                            .calls()
                            .list(call -> call.number() > newest
                                    && !call.method().equals("GET")
                                    // What was refused is asked for once more by each full sweep.
                                    && call.outcome() != 422))
                    .as("seed %d, what is still sent", seed)
                    .isEmpty();
            assertThat(bench.oscar
                            .calls()
                            .list(call -> !call.method().equals("GET")
                                    && !call.template().endsWith("sign_in")))
                    .as("seed %d, what is still sent", seed)
                    .isEmpty();
            assertThat(faults(bench, watched))
                    .as("seed %d, after the end", seed)
                    .isEmpty();
        }
    }

    /** What must hold at any time: nothing stands at an NGO more often than it was sent. */
    private static List<String> repeats(Bench bench) {
        EndState state = new EndState(bench, Map.of(), Set.of());
        state.faults.clear();
        ReferralsCheck.repeats(state);
        return state.faults;
    }

    private static List<String> faults(Bench bench, Watched watched) {
        EndState state = new EndState(bench, Map.of(), Set.of());
        ReferralsCheck.ofWhatChanged(state);
        CasesCheck.ofWhatChanged(state);
        ServicesCheck.of(state);
        DecisionsCheck.of(state, watched);
        return state.faults;
    }
}
