package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.oscar.Gateway;
import dev.tandem.sandbox.primero.Webhook;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same edits end in the same state, whether they are found by sweeps, told by events, or told by a line that loses,
 * doubles, shuffles and delays events, with one sweep at the end. {@code -Dtandem.story.seed=N} tells another story.
 */
class EquivalenceTest {
    private static final long SEED = Long.getLong("tandem.story.seed", 6);
    private static final int CHILDREN = 30;
    private static final int ACTS = 40;

    /**
     * What depends on who is heard of first, also among sweeps: a decision while a second NGO registers the child, which is
     * then for a person; an edit of a client while it is sent a referral, which overwrites it (mapping facts 2.1, R23).
     */
    private static final Set<Story.Act> RACING = Set.of(Story.Act.SECOND_NGO, Story.Act.EDIT_CLIENT);

    /** What the NGOs do in the second half: nothing that depends on what a lost event has kept from them so far. */
    private static final Set<Story.Act> OF_NGOS = Set.of(
            Story.Act.ACCEPT_BY_DIALOG,
            Story.Act.SET_REFERRAL_STATUS,
            Story.Act.EXIT,
            Story.Act.REENTER,
            Story.Act.EDIT_CLIENT,
            Story.Act.ENROL,
            Story.Act.REFER_TO_MINISTRY);

    private static final List<Set<Story.Act>> HALVES = List.of(RACING, EnumSet.complementOf(EnumSet.copyOf(OF_NGOS)));

    @TempDir
    Path directory;

    private enum Line {
        SWEEPS_ONLY,
        EVENTS_ONLY,
        BAD_EVENTS
    }

    @Test
    void however_a_change_is_heard_of_the_end_is_the_same() throws Exception {
        List<String> bySweeps = end(Line.SWEEPS_ONLY);
        assertThat(end(Line.EVENTS_ONLY)).as("events only, seed %d", SEED).containsExactlyElementsOf(bySweeps);
        assertThat(end(Line.BAD_EVENTS)).as("a bad line, seed %d", SEED).containsExactlyElementsOf(bySweeps);
    }

    private List<String> end(Line line) throws Exception {
        Path place = java.nio.file.Files.createDirectory(directory.resolve(line.name()));
        try (Bench bench = ListeningService.prepared(new Bench(place)).with("tandem.oscar.full-on-event", "20ms")) {
            Story story = new Story(SEED, bench.primero, bench.oscar);
            story.begin(CHILDREN);
            story.acts(ACTS);
            bench.adopt();
            bench.syncInFull();
            bench.syncInFull();
            if (line == Line.SWEEPS_ONLY) {
                for (Set<Story.Act> leftOut : HALVES) {
                    story.without(leftOut);
                    story.acts(ACTS);
                    bench.syncInFull();
                    bench.syncInFull();
                }
            } else {
                tell(bench, story, line == Line.BAD_EVENTS);
            }
            if (line == Line.BAD_EVENTS) {
                bench.syncInFull();
            }
            EndState state = new EndState(bench, Map.of(), Set.of());
            ReferralsCheck.ofWhatChanged(state);
            ReferralsCheck.repeats(state);
            DecisionsCheck.of(state);
            assertThat(state.faults).as("%s, seed %d", line, SEED).isEmpty();
            return SameEnd.of(bench);
        }
    }

    private static void tell(Bench bench, Story story, boolean bad) throws SQLException {
        Random random = new Random(SEED);
        Map<String, String> known = clients(bench);
        try (ListeningService service = ListeningService.of(bench)) {
            for (String event : List.of("case.create", "case.update")) {
                bench.primero
                        .webhooks()
                        .register(Webhook.of(event, service.url("/webhooks/primero?e=" + event))
                                .withApiKey(ListeningService.PRIMERO_SECRET));
            }
            if (bad) {
                bench.primero.webhooks().unreliable(SEED, 0.3, 0.2);
            }
            Gateway gateway = new Gateway(service.url("/webhooks/oscar"), ListeningService.OSCAR_SECRET);
            for (Set<Story.Act> leftOut : HALVES) {
                story.without(leftOut);
                story.acts(ACTS);
                // What Tandem writes is told too, until nobody has anything to tell. Of OSCaR first, as `sync` reads it
                // first.
                boolean told;
                do {
                    Map<String, String> now = clients(bench);
                    List<String> changed = new ArrayList<>(changed(known, now));
                    known = now;
                    told = !changed.isEmpty() || bench.primero.webhooks().pending() > 0;
                    tell(gateway, bad ? onBadLine(changed, random) : changed);
                    bench.primero.deliverWebhooks();
                    atRest(bench);
                } while (told);
            }
        }
    }

    private static void tell(Gateway gateway, List<String> changed) {
        changed.forEach(id -> assertThat(gateway.tell(id)).isEqualTo(202));
    }

    private static List<String> onBadLine(List<String> changed, Random random) {
        List<String> told = new ArrayList<>();
        for (String id : changed) {
            int times = random.nextDouble() < 0.3 ? 0 : random.nextDouble() < 0.2 ? 2 : 1;
            told.addAll(Collections.nCopies(times, id));
        }
        Collections.shuffle(told, random);
        return told;
    }

    /** Each person's rows in OSCaR as a trigger beside its database would see them. */
    private static Map<String, String> clients(Bench bench) {
        Map<String, String> rows = new HashMap<>();
        for (JsonNode row : FeedRows.of(bench.oscar)) {
            rows.merge(row.path("global_id").asText(), row.toString(), String::concat);
        }
        return rows;
    }

    private static Set<String> changed(Map<String, String> before, Map<String, String> now) {
        Set<String> changed = new TreeSet<>(now.keySet());
        changed.removeIf(id -> now.get(id).equals(before.get(id)));
        Set<String> gone = new HashSet<>(before.keySet());
        gone.removeAll(now.keySet());
        changed.addAll(gone);
        return changed;
    }

    private static void atRest(Bench bench) throws SQLException {
        try (Connection connection = bench.beside();
                var open = connection.prepareStatement("select (select count(*) from wanted)"
                        + " + (select count(*) from work_item where state <> 'settled')"
                        + " + (select count(*) from sweep where leased_until > current_timestamp)")) {
            await().until(() -> {
                try (ResultSet row = open.executeQuery()) {
                    return row.next() && row.getLong(1) == 0;
                }
            });
        }
    }
}
