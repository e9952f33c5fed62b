package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tandem.ledger.sweeps.OwedSweep;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.SweepCursor;
import dev.tandem.ledger.sweeps.Sweeps;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A sweep that was cut short is owed, as full as it was, until one is complete, whatever ended it (protocol 6). */
class OwedSweepsTest {
    private static final Duration SILENCE = Duration.ofMinutes(15);

    private static Optional<OwedSweep> owed(LedgerFixture fixture) {
        return fixture.ledger.sweeps().cursors().stream()
                .filter(cursor -> cursor.source().equals("oscar"))
                .findFirst()
                .flatMap(SweepCursor::missing);
    }

    private static Instant leasedUntil(LedgerFixture fixture) {
        return Jdbi.create(fixture.database).withHandle(handle -> handle.createQuery("select leased_until from sweep")
                .mapTo(OffsetDateTime.class)
                .one()
                .toInstant());
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_runs_for_the_first_time_is_not_called_owed_and_nothing_is_once_it_is_complete(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            assertThat(sweeps.beginOwed("oscar", SILENCE)).isEmpty();
            Sweep sweep =
                    sweeps.begin("oscar", SILENCE, false, Optional.empty()).orElseThrow();
            assertThat(owed(fixture)).isEmpty();
            sweeps.complete(sweep, Optional.empty(), Set.of(), false);
            assertThat(owed(fixture)).isEmpty();
            assertThat(sweeps.beginOwed("oscar", SILENCE)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_that_gave_up_is_begun_again_later_and_later_and_by_one_only(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            Sweep first = sweeps.begin("oscar", SILENCE, true, Optional.empty()).orElseThrow();
            sweeps.abandon(first, "feed-truncated", "it broke off");

            OwedSweep once = owed(fixture).orElseThrow();
            assertThat(once.since()).isEqualTo(first.beganAt());
            assertThat(once.full()).isTrue();
            assertThat(once.why()).contains("feed-truncated");
            assertThat(sweeps.beginOwed("oscar", SILENCE)).as("not at once").isEmpty();

            fixture.clock.advance(Duration.ofSeconds(10));
            Sweep second = sweeps.beginOwed("oscar", SILENCE).orElseThrow();
            assertThat(second.full()).isTrue();
            assertThat(sweeps.beginOwed("oscar", SILENCE)).as("under way").isEmpty();
            assertThat(owed(fixture)).as("owed until it is complete").isPresent();
            sweeps.abandon(second, "feed-truncated", "it broke off");

            OwedSweep twice = owed(fixture).orElseThrow();
            assertThat(twice.cutShort()).isEqualTo(2);
            assertThat(twice.since()).isEqualTo(first.beganAt());
            assertThat(twice.againAt().orElseThrow())
                    .isAfter(fixture.clock.now().plusSeconds(9));
            fixture.clock.advance(Duration.ofMinutes(10));
            sweeps.complete(sweeps.beginOwed("oscar", SILENCE).orElseThrow(), Optional.empty(), Set.of(), false);
            assertThat(owed(fixture)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_whose_process_died_can_be_begun_again_within_half_a_minute(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            fixture.sweepInFull("oscar");
            // Only its own process renews it, and that one shows no sign of life.
            assertThat(sweeps.begin("oscar", Duration.ZERO, false, Optional.empty()))
                    .isPresent();
            assertThat(sweeps.beginOwed("oscar", SILENCE)).isEmpty();
            fixture.clock.advance(Duration.ofSeconds(30));
            assertThat(owed(fixture)).isPresent();
            assertThat(sweeps.beginOwed("oscar", SILENCE)).isPresent();
            assertThat(owed(fixture).orElseThrow().cutShort()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_that_lives_is_renewed_although_it_marks_nothing_for_long(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            Sweep slow = sweeps.begin("oscar", SILENCE, false, Optional.empty()).orElseThrow();
            fixture.clock.advance(Duration.ofSeconds(29));
            await().until(() -> leasedUntil(fixture).isAfter(slow.beganAt().plusSeconds(58)));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_that_was_neither_completed_nor_given_up_is_cut_short_when_its_process_has_done_with_it(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            Sweep sweep =
                    sweeps.begin("oscar", SILENCE, false, Optional.empty()).orElseThrow();
            sweeps.over(sweep);
            assertThat(owed(fixture)).isPresent();
            assertThat(sweeps.cursors().get(0).underWay()).isFalse();
            Sweep good = sweeps.begin("oscar", SILENCE, false, Optional.empty()).orElseThrow();
            sweeps.complete(good, Optional.empty(), Set.of(), false);
            sweeps.over(good);
            assertThat(owed(fixture)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_full_one_that_was_due_while_another_ran_is_owed(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            fixture.sweepInFull("oscar");
            Sweep running =
                    sweeps.begin("oscar", SILENCE, false, Optional.empty()).orElseThrow();
            assertThat(sweeps.begin("oscar", SILENCE, true, Optional.empty())).isEmpty();
            sweeps.complete(running, Optional.empty(), Set.of(), false);
            assertThat(owed(fixture).orElseThrow().full()).isTrue();
            assertThat(sweeps.beginOwed("oscar", SILENCE).orElseThrow().full()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_that_was_answered_with_nothing_waits_for_its_next_moment(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            fixture.sweepInFull("oscar");
            sweeps.nothingRead(
                    sweeps.begin("oscar", SILENCE, false, Optional.empty()).orElseThrow());
            assertThat(owed(fixture)).isEmpty();
        }
    }
}
