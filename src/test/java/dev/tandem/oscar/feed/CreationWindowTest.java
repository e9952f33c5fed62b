package dev.tandem.oscar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whenever clients were created, a window shows them, if one second of them fits. */
class CreationWindowTest {
    private static final Instant NOW = Instant.parse("2026-11-30T03:04:05.678Z");

    private record Read(TreeSet<Instant> shown, List<Instant> unreadable, int asked) {}

    /** An OSCaR that answers with so many rows at most, each of which takes so long. */
    private static Read read(List<Instant> created, int most, Duration row) {
        Read read = new Read(new TreeSet<>(), new ArrayList<>(), 0);
        int asked = 0;
        for (CreationWindow window = CreationWindow.begin(NOW); !window.isBehindAll(); asked++) {
            assertThat(asked).isLessThan(5_000);
            assertThat(window.seconds()).isPositive();
            Instant from = window.from();
            Instant to = window.to();
            List<Instant> rows = created.stream()
                    .filter(at -> !at.isBefore(from) && !at.isAfter(to))
                    .toList();
            if (rows.size() <= most) {
                read.shown.addAll(rows);
                window = window.next(rows.size(), row.multipliedBy(rows.size()), 0, NOW);
                assertThat(window.from()).isEqualTo(to);
            } else if (window.canBeHalved()) {
                window = window.half();
                assertThat(window.from()).isEqualTo(from);
            } else {
                read.unreadable.add(from);
                window = window.behind();
                assertThat(window.from()).isEqualTo(from.plusSeconds(1));
            }
        }
        return new Read(read.shown, read.unreadable, asked);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 100, 3000})
    void every_moment_is_in_a_window_however_small_they_must_be(int most) {
        Random random = new Random(most);
        List<Instant> created = new ArrayList<>(List.of(
                CreationWindow.FIRST,
                Instant.EPOCH,
                Instant.parse("2011-12-04T00:00:00Z"),
                Instant.parse("2024-02-29T23:59:59.999999Z"),
                NOW,
                NOW.plusSeconds(1),
                NOW.plus(Duration.ofDays(3650)),
                CreationWindow.LAST));
        for (int i = 0; i < 1_000; i++) {
            created.add(Instant.parse("2016-01-01T00:00:00Z").plusMillis((long) (random.nextDouble() * 330e9)));
        }
        // Where windows end, whatever they turn out to be.
        created.forEach(at -> assertThat(at).isNotNull());

        Read read = read(created, most, Duration.ofMillis(20));

        assertThat(read.unreadable()).isEmpty();
        assertThat(read.shown()).containsAll(created);
    }

    @Test
    void a_client_on_the_edge_of_two_windows_is_in_both() {
        List<Instant> edges = new ArrayList<>();
        for (CreationWindow window = CreationWindow.begin(NOW);
                !window.isBehindAll();
                window = window.next(0, Duration.ZERO, 0, NOW)) {
            edges.add(window.from());
            edges.add(window.to());
        }

        Read read = read(edges, 1_000_000, Duration.ZERO);

        assertThat(read.shown()).containsAll(edges);
        assertThat(edges).contains(CreationWindow.FIRST, CreationWindow.LAST);
    }

    @Test
    void a_second_that_does_not_fit_is_named_and_all_others_are_read() {
        Instant second = Instant.parse("2022-05-05T05:05:05Z");
        List<Instant> others =
                List.of(second.minusMillis(1), second.plusMillis(1001), second.minusSeconds(9), second.plusSeconds(9));
        List<Instant> created = new ArrayList<>(Collections.nCopies(5_000, second.plusMillis(500)));
        created.addAll(others);

        Read read = read(created, 3_000, Duration.ofMillis(20));

        assertThat(read.unreadable()).containsExactly(second);
        assertThat(read.shown()).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void an_edge_of_five_thousand_makes_two_seconds_unreadable_and_no_more() {
        Instant edge = Instant.parse("2022-05-05T05:05:05Z");

        Read read = read(Collections.nCopies(5_000, edge), 3_000, Duration.ofMillis(20));

        assertThat(read.unreadable()).containsExactly(edge.minusSeconds(1), edge);
    }

    @Test
    void fifty_thousand_clients_take_a_moderate_number_of_questions() {
        List<Instant> created = new ArrayList<>();
        Random random = new Random(7);
        for (int i = 0; i < 50_000; i++) {
            created.add(Instant.parse("2017-01-01T00:00:00Z").plusSeconds((long) (random.nextDouble() * 310e6)));
        }

        Read read = read(created, 3_000, Duration.ofMillis(20));

        assertThat(read.shown()).hasSizeGreaterThan(49_000);
        assertThat(read.asked()).isBetween(20, 150);
    }
}
