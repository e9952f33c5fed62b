package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.SettableClock;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TimeZone;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.quartz.CronExpression;

/**
 * Two replicas with the same schedule, each fired by its own Quartz and looking for what was missed: the ledger lets one sweep
 * begin for each moment. What happens when is drawn from a seed; no time passes but the ledger's.
 */
class ReplicasSchedulesTest {
    private static final String SOURCE = "primero";
    private static final Duration SILENCE = Duration.ofMinutes(15);
    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final String HOURLY = "0 0 * * * ?";
    private static final Instant START = Instant.parse("2026-03-01T08:10:00Z");

    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    Path directory;

    @AfterEach
    void zone() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void no_moment_is_swept_twice_and_none_is_missed(TestDatabase kind) throws Exception {
        try (Story story = new Story(kind, HOURLY, START, 1)) {
            story.until(START.plus(Duration.ofHours(20)));
            assertThat(story.completed).isEqualTo(hours("2026-03-01T09:00:00Z", 20));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void replicas_that_die_at_the_moment_before_or_after_they_have_begun_leave_it_to_the_other(TestDatabase kind)
            throws Exception {
        try (Story story = new Story(kind, HOURLY, START, 3)) {
            story.deaths = 0.4;
            story.until(START.plus(Duration.ofHours(30)));
            assertThat(story.died).isGreaterThan(20);
            assertThat(story.completed).isEqualTo(hours("2026-03-01T09:00:00Z", 30));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void clocks_that_differ_make_no_second_sweep(TestDatabase kind) throws Exception {
        try (Story story = new Story(kind, HOURLY, START, 1)) {
            story.replicas.get(0).ahead = Duration.ofSeconds(40);
            story.replicas.get(1).ahead = Duration.ofSeconds(-50);
            story.until(START.plus(Duration.ofHours(5)));
            assertThat(story.completed).isEqualTo(hours("2026-03-01T09:00:00Z", 5));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_clock_that_is_far_ahead_sweeps_when_the_moment_has_come(TestDatabase kind) throws Exception {
        try (Story story = new Story(kind, HOURLY, START, 1)) {
            story.replicas.forEach(replica -> replica.ahead = Duration.ofMinutes(5));
            story.until(START.plus(Duration.ofHours(3)));
            assertThat(story.completed).isEqualTo(hours("2026-03-01T09:00:00Z", 3));
        }
    }

    @Test
    void what_events_make_needless_is_not_missed_and_what_is_due_runs_as_asked() throws Exception {
        try (Story story = new Story(TestDatabase.H2, HOURLY, START, 1)) {
            DueSweeps due = story.replicas.get(0).due;
            story.clock.advance(Duration.ofMinutes(50));
            assertThat(due.due(SOURCE, GRACE, false))
                    .as("its own schedule fires it")
                    .isEmpty();
            story.clock.advance(GRACE);
            assertThat(due.due(SOURCE, GRACE, true)).as("events are heard").isEmpty();
            assertThat(due.due(SOURCE, GRACE, false).orElseThrow()).containsEntry("TandemFull", false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Clocks go from 02:00 to 03:00: every hour is read, and so is the night whose 02:30 is left out.
        "H2, 0 0 * * * ?, 2026-03-28T23:10:00Z, 2026-03-29T00:00 01:00 02:00 03:00",
        "POSTGRESQL, 0 0 * * * ?, 2026-03-28T23:10:00Z, 2026-03-29T00:00 01:00 02:00 03:00",
        "H2, 0 30 2 * * ?, 2026-03-28T23:10:00Z, 2026-03-29T01:30",
        "POSTGRESQL, 0 30 2 * * ?, 2026-03-28T23:10:00Z, 2026-03-29T01:30",
        // From 03:00 to 02:00: what comes twice is read the second time.
        "H2, 0 0 * * * ?, 2026-10-24T22:10:00Z, 2026-10-24T23:00 2026-10-25T01:00 02:00",
        "POSTGRESQL, 0 0 * * * ?, 2026-10-24T22:10:00Z, 2026-10-24T23:00 2026-10-25T01:00 02:00",
        "H2, 0 30 2 * * ?, 2026-10-24T22:10:00Z, 2026-10-25T01:30",
        "POSTGRESQL, 0 30 2 * * ?, 2026-10-24T22:10:00Z, 2026-10-25T01:30",
    })
    void a_change_of_daylight_saving_time_makes_no_second_sweep_and_leaves_none_out(
            TestDatabase kind, String cron, Instant start, String expected) throws Exception {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        try (Story story = new Story(kind, cron, start, 7)) {
            story.deaths = 0.3;
            story.until(start.plus(Duration.ofMinutes(270)));
            assertThat(story.completed).isEqualTo(moments(expected));
        }
    }

    private static List<Instant> hours(String first, int count) {
        return IntStream.range(0, count)
                .mapToObj(hour -> Instant.parse(first).plus(Duration.ofHours(hour)))
                .toList();
    }

    private static List<Instant> moments(String text) {
        List<Instant> moments = new ArrayList<>();
        String day = "";
        for (String word : text.split(" ")) {
            day = word.contains("T") ? word.substring(0, word.indexOf('T')) : day;
            moments.add(Instant.parse(day + "T" + word.substring(word.indexOf('T') + 1) + ":00Z"));
        }
        return moments;
    }

    /** What the replicas do, in order of the ledger's time. */
    private final class Story implements AutoCloseable {
        private record Act(Instant at, Runnable what) {}

        final List<Replica> replicas = new ArrayList<>();
        /** The moments whose sweeps came to their end. */
        final List<Instant> completed = new ArrayList<>();

        private final SettableClock clock = new SettableClock();
        private final PriorityQueue<Act> acts = new PriorityQueue<>(Comparator.comparing(Act::at));
        private final SplittableRandom random;
        private final CronExpression cron;
        private final HikariDataSource database;
        /** Of the sweep that is under way or owed. */
        private Instant moment = Instant.EPOCH;

        double deaths;
        int died;

        Story(TestDatabase kind, String schedule, Instant start, long seed) throws Exception {
            random = new SplittableRandom(seed);
            cron = new CronExpression(schedule);
            database = kind.fresh();
            clock.advance(Duration.between(clock.now(), start));
            Settings settings = settings(schedule);
            for (int i = 0; i < 2; i++) {
                replicas.add(new Replica(settings));
            }
            Ledger ledger = replicas.get(0).ledger;
            ledger.initialise("adopt", Optional.empty());
            ledger.sweeps()
                    .complete(
                            ledger.sweeps()
                                    .begin(SOURCE, SILENCE, true, Optional.empty())
                                    .orElseThrow(),
                            Optional.empty(),
                            Set.of(),
                            false);
        }

        void until(Instant end) {
            for (Instant at = clock.now(); at.isBefore(end); ) {
                Instant next = cron.getNextValidTimeAfter(Date.from(at)).toInstant();
                replicas.forEach(replica -> {
                    Instant fired = next.minus(replica.ahead).plusMillis(random.nextInt(3000));
                    acts.add(new Act(fired, () -> replica.fires(next)));
                });
                at = next;
            }
            // As every few seconds, but not all day long.
            for (Instant about = clock.now().truncatedTo(ChronoUnit.HOURS);
                    about.isBefore(end);
                    about = about.plus(Duration.ofMinutes(30))) {
                for (int second = 1; second < 120; second += 10) {
                    for (Replica replica : replicas) {
                        acts.add(new Act(about.plusSeconds(second + random.nextInt(9)), replica::looks));
                    }
                }
            }
            while (!acts.isEmpty() && acts.peek().at().isBefore(end)) {
                Act act = acts.remove();
                if (act.at().isAfter(clock.now())) {
                    clock.advance(Duration.between(clock.now(), act.at()));
                }
                act.what().run();
            }
        }

        private boolean dies() {
            boolean dies = random.nextDouble() < deaths;
            died += dies ? 1 : 0;
            return dies;
        }

        @Override
        public void close() {
            database.close();
        }

        private final class Replica {
            final Ledger ledger;
            final DueSweeps due;
            Duration ahead = Duration.ZERO;

            Replica(Settings settings) {
                ledger = Ledger.open(
                        database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), clock);
                due = new DueSweeps(settings, ledger);
            }

            /** Unless it dies before, and another one takes its place. */
            void fires(Instant at) {
                if (!dies()) {
                    goesOn(dies(), silence -> ledger.sweeps().begin(SOURCE, silence, false, Optional.of(at)), at);
                }
            }

            void looks() {
                Map<String, Object> asked = due.due(SOURCE, GRACE, false).orElse(Map.of());
                if (asked.containsKey("TandemOwed")) {
                    goesOn(false, silence -> ledger.sweeps().beginOwed(SOURCE, silence), moment);
                } else if (!asked.isEmpty()) {
                    Instant at = ((Date) asked.get("scheduledFireTime")).toInstant();
                    goesOn(dies(), silence -> ledger.sweeps().begin(SOURCE, silence, false, Optional.of(at)), at);
                }
            }

            /** @param dies in the midst of it: nobody renews its lease */
            private void goesOn(boolean dies, Function<Duration, Optional<Sweep>> begin, Instant forMoment) {
                begin.apply(dies ? Duration.ZERO : SILENCE).ifPresent(sweep -> {
                    moment = forMoment;
                    assertThat(clock.now()).as("begun, of %s", forMoment).isAfter(forMoment.minusSeconds(61));
                    if (!dies) {
                        acts.add(new Act(clock.now().plusMillis(random.nextInt(20_000)), () -> {
                            ledger.sweeps().complete(sweep, Optional.empty(), Set.of(), false);
                            completed.add(forMoment);
                        }));
                    }
                });
            }
        }
    }

    private Settings settings(String schedule) throws Exception {
        Path file = Files.writeString(directory.resolve("application.properties"), """
                        tandem.primero.url = http://127.0.0.1:1
                        tandem.primero.user = tandem
                        tandem.primero.password = invented
                        tandem.primero.schedule = %s
                        tandem.primero.full-schedule = off
                        tandem.oscar.url = http://127.0.0.1:2
                        tandem.oscar.user = tandem@example.org
                        tandem.oscar.password = invented
                        """.formatted(schedule));
        return SettingsReader.read(Optional.of(file), Map.of(), directory).settings();
    }
}
