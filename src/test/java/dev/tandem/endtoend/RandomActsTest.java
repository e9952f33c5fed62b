package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Months of social work on both sides at random, a sync after each day's acts: whatever people did, in the end every
 * referral, decision, id and link is equal on both sides under the contract's rules, or listed with a reason; and then there
 * is nothing left to send.
 *
 * <p>The same seed tells the same story. In a normal build 300 children and 15 rounds; with {@code -Dtandem.story=long} 2,000
 * and 50; {@code -Dtandem.story.seed=N} tells another one.
 */
class RandomActsTest {
    private static final long SEED = Long.getLong("tandem.story.seed", 1);
    private static final boolean LONG = "long".equals(System.getProperty("tandem.story"));
    private static final int CHILDREN = LONG ? 2000 : 300;
    private static final int ROUNDS = LONG ? 50 : 15;

    @TempDir
    Path directory;

    @Test
    void whatever_people_do_both_sides_agree_in_the_end_or_it_is_listed() {
        try (Bench bench = new Bench(directory)) {
            Story story = new Story(SEED, bench.primero, bench.oscar);
            story.begin(CHILDREN);
            bench.adopt();
            for (int round = 1; round <= ROUNDS; round++) {
                story.acts(CHILDREN / 4);
                if (round % 3 == 0) {
                    bench.syncInFull();
                } else {
                    bench.sync();
                }
                assertThat(repeats(bench)).as("seed %d, round %d", SEED, round).isEmpty();
            }
            assertThat(story.done.keySet())
                    .as("acts that are possible at all; refused: %s", story.refused)
                    .containsExactlyInAnyOrder(Story.Act.values());
            bench.syncInFull();
            bench.syncInFull();
            System.out.println(story.done + " refused " + story.refused.size());
            System.out.println(listed(bench));
            for (String f : faults(bench))
                if (f.startsWith("decided")) {
                    String id = f.substring(f.lastIndexOf(' ') + 1);
                    System.out.println(bench.primero.caseById(id).get().path("services_section"));
                    System.out.println(bench.ledger().of("primero-to-oscar", id));
                    for (var r : FeedRows.of(bench.oscar))
                        if (r.path("external_id")
                                .asText()
                                .equals(bench.primero
                                        .caseById(id)
                                        .get()
                                        .path("case_id")
                                        .asText()))
                            System.out.println(r.path("organization_name") + " " + r.path("slug") + " "
                                    + r.path("status") + r.path("services"));
                    bench.ledger().all().stream()
                            .filter(r -> r.toString().contains(":8 "))
                            .forEach(System.out::println);
                }
            assertThat(faults(bench)).as("seed %d, the end", SEED).isEmpty();

            bench.primero.calls().clear();
            bench.oscar.calls().clear();
            bench.syncInFull();
            assertThat(bench.primero.calls().list(call -> !call.method().equals("GET")))
                    .as("seed %d, what is still sent", SEED)
                    .isEmpty();
            assertThat(bench.oscar
                            .calls()
                            .list(call -> !call.method().equals("GET")
                                    && !call.template().endsWith("sign_in")))
                    .as("seed %d, what is still sent", SEED)
                    .isEmpty();
            assertThat(faults(bench)).as("seed %d, after the end", SEED).isEmpty();
        }
    }

    private static Map<String, Integer> listed(Bench bench) {
        Map<String, Integer> listed = new TreeMap<>();
        bench.ledger().all().stream()
                .filter(LedgerRows.Row::listed)
                .forEach(row -> listed.merge(row.flow() + " " + row.kind() + " " + row.code(), 1, Integer::sum));
        return listed;
    }

    /** What must hold at any time: nothing stands at an NGO more often than it was sent. */
    private static List<String> repeats(Bench bench) {
        EndState state = new EndState(bench, Map.of(), Set.of());
        state.faults.clear();
        ReferralsCheck.repeats(state);
        return state.faults;
    }

    private static List<String> faults(Bench bench) {
        EndState state = new EndState(bench, Map.of(), Set.of());
        ReferralsCheck.ofWhatChanged(state);
        CasesCheck.ofWhatChanged(state);
        ServicesCheck.of(state);
        DecisionsCheck.of(state);
        return state.faults;
    }
}
