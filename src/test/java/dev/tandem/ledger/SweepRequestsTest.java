package dev.tandem.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.SweepRequests.Due;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What events ask for (protocol 6). */
class SweepRequestsTest {
    private static final Duration LEASE = Duration.ofMinutes(15);
    private static final Duration FULL_PAUSE = Duration.ofMinutes(30);

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_a_sweep_that_began_later_found_changed_is_answered(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            assertThat(due(ledger)).isEmpty();
            want(ledger, "event-1", "A", "B");
            want(ledger, "event-2", "B");
            assertThat(due(ledger)).contains(new Due(false));
            Sweep sweep = begin(ledger, false);
            assertThat(due(ledger)).as("one is under way").isEmpty();
            mark(ledger, sweep, "A", "new");
            mark(ledger, sweep, "B", "new");
            ledger.ledger.sweeps().complete(sweep, Optional.empty(), Set.of(), false);
            assertThat(due(ledger)).isEmpty();
            assertThat(open(ledger)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_came_while_a_sweep_ran_is_not_answered_by_it(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            want(ledger, "event-1", "A");
            Sweep sweep = begin(ledger, false);
            ledger.clock.advance(Duration.ofSeconds(1));
            want(ledger, "event-2", "A", "B");
            mark(ledger, sweep, "A", "new");
            ledger.ledger.sweeps().complete(sweep, Optional.empty(), Set.of(), false);
            assertThat(open(ledger)).isEqualTo(2);
            assertThat(due(ledger)).contains(new Due(false));
            Sweep full = begin(ledger, true);
            ledger.ledger.sweeps().complete(full, Optional.empty(), Set.of(), false);
            assertThat(open(ledger)).as("a full one answers all before it").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_not_found_changed_gets_one_full_sweep_in_a_while(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            Sweep before = begin(ledger, true);
            mark(ledger, before, "A", "as it was");
            ledger.ledger.sweeps().complete(before, Optional.empty(), Set.of(), false);
            ledger.settle(ledger.claimOne(LedgerFixture.TO_PRIMERO), "as it was");

            want(ledger, "event-1", "A", "B");
            Sweep narrow = begin(ledger, false);
            mark(ledger, narrow, "A", "as it was");
            ledger.ledger.sweeps().complete(narrow, Optional.empty(), Set.of(), false);
            assertThat(open(ledger)).as("A was shown unchanged, B not at all").isEqualTo(2);
            assertThat(due(ledger)).as("the last full one is not long ago").isEmpty();
            ledger.clock.advance(FULL_PAUSE);
            assertThat(due(ledger)).contains(new Due(true));

            Sweep quiet = begin(ledger, true);
            ledger.ledger.sweeps().abandon(quiet, "unexpected", "it broke off");
            assertThat(open(ledger)).as("it broke off").isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_sweep_that_shows_nothing_at_all_leaves_it_to_a_full_one(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            want(ledger, "event-1", "A");
            ledger.ledger.sweeps().nothingRead(begin(ledger, false));
            assertThat(due(ledger)).isEmpty();
            ledger.clock.advance(FULL_PAUSE);
            assertThat(due(ledger)).contains(new Due(true));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_request_outlives_the_process_that_took_it_and_an_event_counts_once(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            want(ledger, "event-1", "A");
            Ledger restarted = Ledger.open(
                    ledger.database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), ledger.clock);
            assertThat(restarted.sweepRequests().due("oscar", FULL_PAUSE)).contains(new Due(false));
            assertThat(restarted.sweepRequests().request("oscar", "event-1", List.of("B")))
                    .isFalse();
            assertThat(open(ledger)).isEqualTo(1);
            ledger.clock.advance(Duration.ofMinutes(61));
            assertThat(restarted.housekeeping().forgetEvents(Duration.ofHours(1)))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void a_referral_waits_for_what_an_event_says_of_its_client(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            want(ledger, "event-1", "A");
            ledger.mark(LedgerFixture.TO_OSCAR, "case-1", "new");
            Work work = ledger.claimOne(LedgerFixture.TO_OSCAR);
            work.result().alsoKnownAs("A");
            Terms terms = new Terms(Duration.ofMinutes(2), false, Optional.of(LedgerFixture.TO_PRIMERO));
            assertThat(work.intend(List.of(LedgerFixture.proposal("referral:1", "as mapped")), terms))
                    .isEmpty();
            ledger.settle(work, "new");
            assertThat(ledger.claimMaybe(LedgerFixture.TO_OSCAR)).isEmpty();

            Sweep sweep = begin(ledger, false);
            mark(ledger, sweep, "A", "new");
            ledger.ledger.sweeps().complete(sweep, Optional.empty(), Set.of(), false);
            ledger.settle(ledger.claimOne(LedgerFixture.TO_PRIMERO), "new");
            Work again = ledger.claimOne(LedgerFixture.TO_OSCAR);
            again.result().alsoKnownAs("A");
            assertThat(again.intend(List.of(LedgerFixture.proposal("referral:1", "as mapped")), terms))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void silence_is_when_sweeps_find_what_no_event_told_for_a_while(TestDatabase kind) {
        try (LedgerFixture ledger = swept(kind)) {
            Duration after = Duration.ofHours(6);
            ledger.ledger.eventActivity().event("primero");
            ledger.clock.advance(Duration.ofHours(7));
            assertThat(silent(ledger, after)).as("nothing happened").isFalse();
            ledger.ledger.eventActivity().missed("primero");
            assertThat(silent(ledger, after)).isTrue();
            ledger.ledger.eventActivity().event("primero");
            assertThat(silent(ledger, after)).as("an event came again").isFalse();
            ledger.ledger.eventActivity().missed("primero");
            assertThat(silent(ledger, after)).as("one was lost").isFalse();
        }
    }

    private static boolean silent(LedgerFixture ledger, Duration after) {
        return ledger.ledger.eventActivity().sources().get(0).silent(ledger.clock.now(), after);
    }

    /** With one full sweep behind it. */
    private static LedgerFixture swept(TestDatabase kind) {
        LedgerFixture ledger = new LedgerFixture(kind);
        ledger.sweepInFull("oscar");
        ledger.clock.advance(Duration.ofSeconds(1));
        return ledger;
    }

    private static void want(LedgerFixture ledger, String event, String... names) {
        assertThat(ledger.ledger.sweepRequests().request("oscar", event, List.of(names)))
                .isTrue();
    }

    private static Optional<Due> due(LedgerFixture ledger) {
        return ledger.ledger.sweepRequests().due("oscar", FULL_PAUSE);
    }

    private static long open(LedgerFixture ledger) {
        return ledger.ledger.sweepRequests().open("oscar");
    }

    private static Sweep begin(LedgerFixture ledger, boolean full) {
        ledger.clock.advance(Duration.ofSeconds(1));
        return ledger.ledger
                .sweeps()
                .begin("oscar", LEASE, full, Optional.empty())
                .orElseThrow();
    }

    private static void mark(LedgerFixture ledger, Sweep sweep, String globalId, String content) {
        ledger.ledger
                .marks()
                .mark(
                        LedgerFixture.TO_PRIMERO,
                        List.of(new Mark(
                                "cif/" + globalId,
                                Optional.of(content.getBytes(UTF_8)),
                                Optional.empty(),
                                Optional.of(content.getBytes(UTF_8)),
                                sweep.beganAt(),
                                Optional.of(globalId),
                                Optional.empty())));
    }
}
