package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static dev.tandem.ledger.LedgerFixture.proposal;
import static dev.tandem.ledger.LedgerFixture.repeatable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.outcome.Unmappable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first sync and an edit write to so many records; the rest waits for a person; the day's work goes on (protocol 4). */
class BrakeTest {
    private static final int MOST = 3;
    private static final Duration SILENCE = Duration.ofMinutes(15);

    private static LedgerFixture fixture(TestDatabase kind) {
        return new LedgerFixture(
                kind,
                new LedgerSettings(
                        Duration.ofMinutes(15),
                        12,
                        Duration.ofSeconds(10),
                        Duration.ofHours(1),
                        true,
                        Duration.ofMinutes(10),
                        Optional.of(MOST)));
    }

    /** The first full sweep of Primero, which shows so many cases. */
    private static void firstSweep(LedgerFixture fixture, int cases) {
        Sweep sweep = fixture.ledger
                .sweeps()
                .begin("primero", SILENCE, true, Optional.empty())
                .orElseThrow();
        for (int i = 0; i < cases; i++) {
            fixture.mark(TO_OSCAR, "case-" + i, "a");
        }
        fixture.ledger.sweeps().complete(sweep, Optional.empty(), Set.of(), false);
    }

    /** Works all that is due, each with one effect. @return the records that were written to */
    private static Set<String> work(LedgerFixture fixture) {
        Set<String> written = new HashSet<>();
        for (List<Work> batch = fixture.ledger.claim(TO_OSCAR, 5);
                !batch.isEmpty();
                batch = fixture.ledger.claim(TO_OSCAR, 5)) {
            for (Work work : batch) {
                work.workedBy("v2");
                String key = "decision:ngo:" + work.record();
                work.decide(candidates("{'kind':'decision','key':'" + key + "'}"), Set.of());
                if (!work.intend(List.of(proposal(key, "body")), repeatable()).isEmpty()) {
                    written.add(work.record());
                    work.confirm();
                }
                fixture.settle(work, "a");
            }
        }
        return written;
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_first_sync_stops_at_so_many_records_and_goes_on_when_a_person_says_so(TestDatabase kind) {
        try (var fixture = fixture(kind)) {
            firstSweep(fixture, MOST + 4);
            assertThat(work(fixture)).hasSize(MOST);
            assertThat(fixture.ledger.brake().held()).singleElement().satisfies(held -> {
                assertThat(held.name()).isEqualTo("first-sync:primero-to-oscar");
                assertThat(held.records()).isEqualTo(MOST);
                assertThat(held.effects()).isEqualTo(4);
            });
            fixture.sweepInFull("primero");
            assertThat(work(fixture)).as("no sweep lets it go").isEmpty();

            assertThat(fixture.ledger.brake().approve("a person")).hasSize(1);
            assertThat(work(fixture)).hasSize(4);
            assertThat(fixture.ledger.brake().held()).isEmpty();
            assertThat(fixture.ledger.brake().approve("a person")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_of_just_so_many_is_not_held(TestDatabase kind) {
        try (var fixture = fixture(kind)) {
            firstSweep(fixture, MOST);
            assertThat(work(fixture)).hasSize(MOST);
            assertThat(fixture.ledger.brake().held()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_the_day_brings_is_neither_counted_nor_held_however_much_it_is(TestDatabase kind) {
        try (var fixture = fixture(kind)) {
            firstSweep(fixture, MOST + 2);
            work(fixture);
            fixture.clock.advance(Duration.ofHours(1));
            for (int i = 0; i < 20; i++) {
                fixture.mark(TO_OSCAR, "new-" + i, "a");
            }
            assertThat(work(fixture)).as("beside what is held").hasSize(20);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void an_edit_that_lets_many_parked_ones_go_stops_at_so_many_too(TestDatabase kind) {
        try (var fixture = fixture(kind)) {
            fixture.sweepInFull("primero");
            fixture.clock.advance(Duration.ofHours(1));
            for (int i = 0; i < MOST + 5; i++) {
                fixture.mark(TO_OSCAR, "case-" + i, "a");
            }
            for (Work work : fixture.ledger.claim(TO_OSCAR, 50)) {
                String key = "decision:ngo:" + work.record();
                work.workedBy("v1");
                work.decide(candidates("{'kind':'decision','key':'" + key + "'}"), Set.of());
                work.failed(
                        new Unmappable("unmapped", "field", "no code", "x"), Optional.of(key), Optional.of("decision"));
                fixture.settle(work, "a");
            }
            fixture.ledger.editRetries().tryAgain("v2", 100);
            // A sweep shows all of them again before they are worked, and a social worker has corrected one: that one
            // is the day's.
            fixture.mark(TO_OSCAR, "case-0", "b");
            for (int i = 1; i < MOST + 5; i++) {
                fixture.mark(TO_OSCAR, "case-" + i, "a");
            }

            assertThat(work(fixture)).hasSize(MOST + 1).contains("case-0");
            assertThat(fixture.ledger.brake().held()).singleElement().satisfies(held -> {
                assertThat(held.name()).isEqualTo("edit:v2");
                assertThat(held.effects()).isEqualTo(4);
            });
            fixture.ledger.brake().approve("a person");
            assertThat(work(fixture)).hasSize(4);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void replicas_count_together(TestDatabase kind) throws Exception {
        try (var fixture = fixture(kind)) {
            firstSweep(fixture, 40);
            var pool = Executors.newFixedThreadPool(4);
            Set<String> written = new HashSet<>();
            for (var done : pool.invokeAll(List.<Callable<Set<String>>>of(
                    () -> work(fixture), () -> work(fixture), () -> work(fixture), () -> work(fixture)))) {
                written.addAll(done.get());
            }
            pool.shutdown();
            assertThat(written).hasSize(MOST);
            assertThat(fixture.ledger.brake().held()).singleElement().satisfies(held -> assertThat(held.effects())
                    .isEqualTo(37));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_persons_retry_goes_although_the_rest_is_held(TestDatabase kind) {
        try (var fixture = fixture(kind)) {
            firstSweep(fixture, MOST + 2);
            work(fixture);
            long id = fixture.ledger
                    .deadLetters()
                    .list(List.of(EffectState.WAITING), Optional.empty(), 1)
                    .letters()
                    .get(0)
                    .effect()
                    .id();
            fixture.ledger.deadLetters().retry(id, new DeadLetters.Asked("a person", Optional.of("it is right")));
            assertThat(work(fixture)).hasSize(1);
        }
    }
}
