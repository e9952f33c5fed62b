package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static dev.tandem.ledger.LedgerFixture.once;
import static dev.tandem.ledger.LedgerFixture.proposal;
import static dev.tandem.ledger.LedgerFixture.repeatable;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.ParkedFor;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Order;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.links.Snapshots;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.sweeps.Sweep;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Unmappable;
import dev.tandem.outcome.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The protocol's sentences about items, effects and locks, on both databases. */
class LedgerTest {
    private static final String REFERRAL = "{'kind':'referral','key':'referral:row1:ref1'}";
    private static final Set<String> ONCE = Set.of("referral");

    @ParameterizedTest
    @EnumSource
    void a_record_settled_with_the_same_content_is_not_marked_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.settle(fixture.claimOne(TO_OSCAR), "a");

            fixture.mark(TO_OSCAR, "case-1", "a");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();

            fixture.mark(TO_OSCAR, "case-1", "b");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_record_marked_while_it_is_worked_on_is_worked_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            fixture.mark(TO_OSCAR, "case-1", "b");
            assertThat(fixture.claimMaybe(TO_OSCAR)).as("still leased").isEmpty();
            fixture.settle(work, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_worker_that_outlived_its_lease_writes_nothing(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work stalled = fixture.claimOne(TO_OSCAR);
            fixture.clock.advance(Duration.ofMinutes(16));
            Work other = fixture.claimOne(TO_OSCAR);

            // It may go on to think; before it does anything it is found out.
            assertThat(stalled.decide(candidates(REFERRAL), ONCE)).hasSize(1);
            assertThatThrownBy(() -> stalled.intend(List.of(proposal("referral:row1:ref1", "x")), once()))
                    .isInstanceOf(LostLease.class);
            assertThatThrownBy(() -> fixture.settle(stalled, "a")).isInstanceOf(LostLease.class);
            fixture.settle(other, "a");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_depends_on_another_flow_is_not_sent_once_the_record_was_marked_meanwhile(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Terms after = new Terms(Duration.ofMinutes(2), false, Optional.of(TO_PRIMERO));
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            fixture.mark(TO_OSCAR, "case-1", "b");

            assertThat(work.intend(List.of(proposal("decision:cif:12", "x")), after))
                    .isEmpty();
            assertThat(work.intend(List.of(proposal("link:cif:s1", "x")), repeatable()))
                    .hasSize(1);
            work.confirm();
            fixture.settle(work, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR)).as("worked again").isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_late_success_that_was_to_be_written_with_the_settling_counts_all_the_same(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work stalled = fixture.claimOne(TO_OSCAR);
            stalled.intend(List.of(proposal("link:cif:s1", "x")), repeatable());
            fixture.clock.advance(Duration.ofMinutes(16));
            fixture.claimOne(TO_OSCAR);

            stalled.confirmWithTheNext();
            assertThat(fixture.state("link:cif:s1")).isEqualTo(EffectState.INTENDED);
            assertThatThrownBy(() -> fixture.settle(stalled, "a")).isInstanceOf(LostLease.class);
            assertThat(fixture.state("link:cif:s1")).isEqualTo(EffectState.CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_last_success_and_the_settling_are_written_together(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.intend(List.of(proposal("link:cif:s1", "x")), repeatable());
            work.confirmWithTheNext();
            fixture.settle(work, "a");
            assertThat(fixture.state("link:cif:s1")).isEqualTo(EffectState.CONFIRMED);
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_late_success_confirms_its_own_attempt_only(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work stalled = fixture.claimOne(TO_OSCAR);
            stalled.intend(List.of(proposal("link:cif:s1", "x")), repeatable());
            fixture.clock.advance(Duration.ofMinutes(16));
            Work other = fixture.claimOne(TO_OSCAR);
            other.intend(List.of(proposal("link:cif:s1", "y")), repeatable());

            stalled.confirm();
            assertThat(fixture.state("link:cif:s1")).isEqualTo(EffectState.INTENDED);
            other.confirm();
            assertThat(fixture.state("link:cif:s1")).isEqualTo(EffectState.CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_whose_answer_was_lost_is_sent_once_more_and_named_as_a_possible_repeat(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.failed(new AnswerLost("timeout", "no answer in time"), Optional.empty(), Optional.empty());
            fixture.settle(work, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR))
                    .as("not before the wait is over")
                    .isEmpty();

            fixture.clock.advance(Duration.ofMinutes(10));
            Work again = fixture.sendReferral();
            assertThat(fixture.referral().possibleRepeat()).isTrue();
            again.failed(new AnswerLost("timeout", "no answer in time"), Optional.empty(), Optional.empty());
            fixture.settle(again, "a");

            assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);
            assertThat(fixture.referral().parkedFor()).isEqualTo(ParkedFor.PERSON);
            fixture.mark(TO_OSCAR, "case-1", "b");
            Work later = fixture.claimOne(TO_OSCAR);
            assertThat(later.decide(candidates(REFERRAL), ONCE))
                    .as("only a person sends it again")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_intended_by_a_dead_worker_counts_as_lost(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.sendReferral();
            fixture.ledger.claims().endLeasesOfTheDead();
            assertThat(fixture.claimMaybe(TO_OSCAR))
                    .as("the call's deadline has not passed")
                    .isEmpty();
            fixture.clock.advance(Duration.ofMinutes(2));
            Work next = fixture.claimOne(TO_OSCAR);
            assertThat(next.decide(candidates(REFERRAL), ONCE)).isEmpty();
            fixture.settle(next, "a");
            assertThat(fixture.referral().state()).isEqualTo(EffectState.UNKNOWN);
            assertThat(fixture.referral().lostAnswers()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_confirmed_referral_is_never_owed_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.confirm();
            fixture.settle(work, "a");
            fixture.mark(TO_OSCAR, "case-1", "b");
            assertThat(fixture.claimOne(TO_OSCAR).decide(candidates(REFERRAL), ONCE))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_parked_is_tried_again_only_with_another_input(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.failed(
                    new Refused("http-422", "refused", 422, List.of("level_of_risk")),
                    Optional.empty(),
                    Optional.empty());
            fixture.settle(work, "a");
            assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);

            fixture.mark(TO_OSCAR, "case-1", "b");
            Work same = fixture.claimOne(TO_OSCAR);
            assertThat(same.decide(candidates(REFERRAL), ONCE)).hasSize(1);
            assertThat(same.intend(List.of(proposal("referral:row1:ref1", "body")), once()))
                    .isEmpty();
            assertThat(same.intend(List.of(proposal("referral:row1:ref1", "other body")), once()))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_unmappable_effect_parks_alone_and_its_item_settles(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(REFERRAL, "{'kind':'referral','key':'referral:row2:ref2'}"), ONCE);
            work.failed(
                    new Unmappable("unmapped-code", "service_subtype", "no row", "secret-value"),
                    Optional.of("referral:row1:ref1"),
                    Optional.of("referral"));
            work.intend(List.of(proposal("referral:row2:ref2", "body")), once());
            work.confirm();
            fixture.settle(work, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
            assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);
            assertThat(fixture.state("referral:row2:ref2")).isEqualTo(EffectState.CONFIRMED);
            assertThat(fixture.referral().toString()).doesNotContain("secret-value");
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_not_sent_is_tried_again_later_and_parked_after_the_last_attempt(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            for (int attempt = 1; attempt <= 12; attempt++) {
                Work work = fixture.sendReferral();
                work.failed(NotSent.unreachable("refused", "connection refused"), Optional.empty(), Optional.empty());
                fixture.settle(work, "a");
                assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
                fixture.clock.advance(Duration.ofHours(1));
            }
            assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);
            assertThat(fixture.referral().reasonCode()).isEqualTo("gave-up");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waiting_for_the_target_uses_up_no_attempt(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            for (int i = 0; i < 30; i++) {
                Work work = fixture.sendReferral();
                work.failed(
                        NotSent.after("http-503", "busy", Duration.ofSeconds(60)), Optional.empty(), Optional.empty());
                fixture.settle(work, "a");
                fixture.clock.advance(Duration.ofSeconds(60));
            }
            assertThat(fixture.referral().state()).isEqualTo(EffectState.OWED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_waits_for_the_first_full_read_and_goes_when_it_is_complete(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Terms after = new Terms(Duration.ofMinutes(2), false, Optional.of(TO_PRIMERO));
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(candidates(REFERRAL), ONCE);
            assertThat(work.intend(List.of(proposal("referral:row1:ref1", "body")), after))
                    .isEmpty();
            fixture.settle(work, "a");
            assertThat(fixture.referral().waitingFor()).isEqualTo(Order.FIRST_READ);
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();

            fixture.sweepInFull("oscar");
            Work later = fixture.claimOne(TO_OSCAR);
            later.decide(candidates(REFERRAL), ONCE);
            assertThat(later.intend(List.of(proposal("referral:row1:ref1", "body")), after))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void that_an_event_told_of_a_record_is_known_until_it_settles(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark event = Mark.hint("case-1", fixture.clock.now());
            fixture.ledger.marks().mark(TO_OSCAR, List.of(event));
            Work first = fixture.claimOne(TO_OSCAR);
            assertThat(first.onEvent()).isTrue();
            fixture.settle(first, "a");

            fixture.mark(TO_OSCAR, "case-1", "b");
            Work swept = fixture.claimOne(TO_OSCAR);
            assertThat(swept.onEvent()).isFalse();
            fixture.ledger.marks().mark(TO_OSCAR, List.of(event));
            fixture.mark(TO_OSCAR, "case-1", "c");
            fixture.settle(swept, "b");

            Work again = fixture.claimOne(TO_OSCAR);
            assertThat(again.onEvent())
                    .as("an event named it while it was in work")
                    .isTrue();
            fixture.settle(again, "c");
            fixture.mark(TO_OSCAR, "case-1", "d");
            assertThat(fixture.claimOne(TO_OSCAR).onEvent()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_waits_while_an_item_of_a_linked_client_is_open(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Terms after = new Terms(Duration.ofMinutes(2), false, Optional.of(TO_PRIMERO));
            fixture.sweepInFull("oscar");
            fixture.ledger
                    .marks()
                    .mark(
                            TO_PRIMERO,
                            List.of(new Mark(
                                    "cif/s-1",
                                    Optional.of(new byte[] {1}),
                                    Optional.empty(),
                                    Optional.of(new byte[] {1}),
                                    fixture.clock.now(),
                                    Optional.of("01SYNTHETIC"),
                                    Optional.of("external-1"))));
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.result().alsoKnownAs("external-1");
            assertThat(work.intend(List.of(proposal("referral:row1:ref1", "body")), after))
                    .isEmpty();
            fixture.settle(work, "a");

            fixture.settle(fixture.claimOne(TO_PRIMERO), "row");
            assertThat(fixture.claimMaybe(TO_OSCAR)).as("woken by the settling").isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_the_feed_does_not_show_in_two_full_sweeps_is_parked(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.failed(new Waits("feed:cif:ext", "the NGO took it up"), Optional.empty(), Optional.empty());
            fixture.settle(work, "a");
            for (int sweep = 1; sweep <= 2; sweep++) {
                assertThat(fixture.referral().state()).isEqualTo(EffectState.WAITING);
                fixture.clock.advance(Duration.ofDays(1));
                fixture.sweepInFull("oscar");
            }
            assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);
            assertThat(fixture.referral().reasonCode()).isEqualTo("not-in-feed");
        }
    }

    @ParameterizedTest
    @EnumSource
    void who_does_not_get_the_targets_lock_is_woken_when_it_is_free(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work holder = fixture.claimOne(TO_OSCAR);
            assertThat(holder.lock("case-1")).isTrue();
            Work other = fixture.claimOne(TO_PRIMERO);
            assertThat(other.lock("case-1")).isFalse();
            assertThat(other.finished()).isTrue();
            assertThat(fixture.claimMaybe(TO_PRIMERO)).isEmpty();

            fixture.settle(holder, "a");
            assertThat(fixture.claimOne(TO_PRIMERO).lock("case-1")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_lock_ends_with_the_lease_of_its_holder(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            assertThat(fixture.claimOne(TO_OSCAR).lock("case-1")).isTrue();
            fixture.clock.advance(Duration.ofMinutes(16));
            assertThat(fixture.claimOne(TO_PRIMERO).lock("case-1")).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_window_shows_is_kept_beside_what_was_read_in_full_and_is_no_news_by_its_shape(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            fixture.ledger.marks().mark(TO_PRIMERO, List.of(fixture.aMark("cif/s-1", "in full")));
            assertThat(fixture.ledger.marks().mark(TO_PRIMERO, List.of(inWindow(fixture, "in window", "shared"))))
                    .isEqualTo(1);
            assertThat(payload(fixture.ledger.snapshots().latest(TO_PRIMERO, "cif/s-1")))
                    .isEqualTo("in full");
            assertThat(payload(fixture.ledger.snapshots().latestInWindow(TO_PRIMERO, "cif/s-1")))
                    .isEqualTo("in window");
            Work work = fixture.claimOne(TO_PRIMERO);
            work.result().read("in full".getBytes(UTF_8), "shared".getBytes(UTF_8));
            work.settle();
            assertThat(fixture.ledger.snapshots().has(TO_PRIMERO, "cif/s-1")).isFalse();

            // Settled as read in full: neither shape is news.
            assertThat(fixture.ledger.marks().mark(TO_PRIMERO, List.of(inWindow(fixture, "in window", "shared"))))
                    .isZero();
            assertThat(fixture.ledger.marks().mark(TO_PRIMERO, List.of(fixture.aMark("cif/s-1", "in full"))))
                    .isZero();
            // Settled as a window shows it: a full read is compared anew, a window is not.
            fixture.ledger.marks().mark(TO_PRIMERO, List.of(inWindow(fixture, "changed", "changed there")));
            Work changed = fixture.claimOne(TO_PRIMERO);
            changed.result().readInWindow("changed".getBytes(UTF_8));
            changed.settle();
            assertThat(fixture.ledger.marks().mark(TO_PRIMERO, List.of(inWindow(fixture, "changed", "changed there"))))
                    .isZero();
            assertThat(fixture.ledger.marks().mark(TO_PRIMERO, List.of(fixture.aMark("cif/s-1", "changed"))))
                    .isEqualTo(1);
        }
    }

    private static String payload(Optional<Snapshots.Snapshot> snapshot) {
        return new String(snapshot.orElseThrow().payload(), UTF_8);
    }

    private static Mark inWindow(LedgerFixture fixture, String content, String shared) {
        return new Mark(
                "cif/s-1",
                Optional.of(content.getBytes(UTF_8)),
                Optional.empty(),
                Optional.of(content.getBytes(UTF_8)),
                fixture.clock.now(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                Map.of(),
                Optional.of(new Mark.InWindow(shared.getBytes(UTF_8), false)));
    }

    @ParameterizedTest
    @EnumSource
    void an_older_snapshot_never_replaces_a_newer_one(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark older = fixture.aMark("cif/s-1", "older");
            fixture.clock.advance(Duration.ofMinutes(1));
            fixture.mark(TO_PRIMERO, "cif/s-1", "newer");
            fixture.ledger.marks().mark(TO_PRIMERO, List.of(older));
            assertThat(fixture.ledger.snapshots().latest(TO_PRIMERO, "cif/s-1"))
                    .hasValueSatisfying(snapshot ->
                            assertThat(snapshot.payload()).asString().isEqualTo("newer"));
            fixture.settle(fixture.claimOne(TO_PRIMERO), "newer");
            assertThat(fixture.ledger.snapshots().latest(TO_PRIMERO, "cif/s-1")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_marked_case_makes_its_linked_records_be_compared_anew_but_not_after_our_own_write(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark row = new Mark(
                    "cif/s-1",
                    Optional.of("row".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                    Optional.empty(),
                    Optional.empty(),
                    fixture.clock.now(),
                    Optional.of("01SYNTHETIC"),
                    Optional.empty());
            fixture.ledger.marks().mark(TO_PRIMERO, List.of(row));
            Work work = fixture.claimOne(TO_PRIMERO);
            work.result().linked(Optional.of("case-1"), Optional.empty(), "shows");
            fixture.settle(work, "row");
            fixture.settle(fixture.claimOne(TO_OSCAR), "a");

            fixture.ledger.marks().ownWrite("case-1", "stamp-1");
            fixture.mark(TO_OSCAR, "case-1", "stamp-1");
            fixture.ledger.marks().mark(TO_PRIMERO, List.of(row));
            assertThat(fixture.claimMaybe(TO_PRIMERO)).as("our own write").isEmpty();

            fixture.mark(TO_OSCAR, "case-1", "stamp-2");
            fixture.ledger.marks().mark(TO_PRIMERO, List.of(row));
            assertThat(fixture.claimMaybe(TO_PRIMERO)).as("somebody's edit").isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_cursor_only_rises_and_one_sweep_runs_at_a_time(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            Sweep first = sweeps.begin("primero", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThat(first.full()).as("the first of a ledger is full").isTrue();
            assertThat(sweeps.begin("primero", Duration.ofMinutes(15), false, Optional.empty()))
                    .isEmpty();
            sweeps.complete(first, Optional.of("2026-03-02T00:00:00Z"), Set.of(), false);
            Sweep second = sweeps.begin("primero", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThat(second.full()).isFalse();
            sweeps.complete(second, Optional.of("2026-03-01T00:00:00Z"), Set.of(), false);
            Sweep third = sweeps.begin("primero", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThat(third.watermark()).contains("2026-03-02T00:00:00Z");
            fixture.clock.advance(Duration.ofMinutes(16));
            Sweep fourth = sweeps.begin("primero", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThatThrownBy(() -> sweeps.complete(third, Optional.empty(), Set.of(), false))
                    .isInstanceOf(LostLease.class);
            sweeps.complete(fourth, Optional.empty(), Set.of(), false);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_full_sweep_that_was_due_while_another_ran_is_not_forgotten(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            fixture.sweepInFull("oscar");
            Sweep running = sweeps.begin("oscar", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThat(sweeps.begin("oscar", Duration.ofMinutes(15), true, Optional.empty()))
                    .isEmpty();
            sweeps.complete(running, Optional.empty(), Set.of(), false);
            Sweep next = sweeps.begin("oscar", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThat(next.full()).isTrue();
            sweeps.complete(next, Optional.empty(), Set.of(), false);
            assertThat(sweeps.begin("oscar", Duration.ofMinutes(15), false, Optional.empty())
                            .orElseThrow()
                            .full())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_full_sweep_that_ended_early_is_made_up_for(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            fixture.sweepInFull("oscar");
            sweeps.abandon(
                    sweeps.begin("oscar", Duration.ofMinutes(15), true, Optional.empty())
                            .orElseThrow(),
                    "unexpected",
                    "it broke off");
            Sweep dies = sweeps.begin("oscar", Duration.ofMinutes(15), false, Optional.empty())
                    .orElseThrow();
            assertThat(dies.full()).as("after one that gave up").isTrue();
            fixture.clock.advance(Duration.ofMinutes(16));
            assertThat(sweeps.begin("oscar", Duration.ofMinutes(15), false, Optional.empty())
                            .orElseThrow()
                            .full())
                    .as("after one whose process died")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void moments_that_come_in_a_burst_make_one_sweep(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Sweeps sweeps = fixture.ledger.sweeps();
            fixture.sweepInFull("primero");
            var missed = fixture.clock.now().plus(Duration.ofHours(1));
            fixture.clock.advance(Duration.ofHours(3));
            Sweep first = sweeps.begin("primero", Duration.ofMinutes(15), false, Optional.of(missed))
                    .orElseThrow();
            sweeps.complete(first, Optional.empty(), Set.of(), false);

            assertThat(sweeps.begin(
                            "primero", Duration.ofMinutes(15), false, Optional.of(missed.plus(Duration.ofHours(1)))))
                    .isEmpty();
            assertThat(sweeps.begin(
                            "primero", Duration.ofMinutes(15), true, Optional.of(missed.plus(Duration.ofHours(1)))))
                    .as("a full one is not made up for by another")
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void many_workers_and_markers_claim_nothing_twice_and_leave_nothing(TestDatabase kind) throws Exception {
        try (var fixture = new LedgerFixture(kind)) {
            List<String> records =
                    IntStream.range(0, 300).mapToObj(i -> "case-" + i).toList();
            var pool = Executors.newFixedThreadPool(8);
            List<Callable<Integer>> markers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                markers.add(() -> fixture.ledger
                        .marks()
                        .mark(
                                TO_OSCAR,
                                records.stream()
                                        .map(record -> fixture.aMark(record, "a"))
                                        .toList()));
            }
            for (var done : pool.invokeAll(markers)) {
                done.get();
            }
            List<Callable<List<String>>> workers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                workers.add(() -> {
                    List<String> worked = new ArrayList<>();
                    for (List<Work> batch = fixture.ledger.claim(TO_OSCAR, 5);
                            !batch.isEmpty();
                            batch = fixture.ledger.claim(TO_OSCAR, 5)) {
                        for (Work work : batch) {
                            worked.add(work.record());
                            fixture.settle(work, "a");
                        }
                    }
                    return worked;
                });
            }
            List<String> all = new ArrayList<>();
            for (var worked : pool.invokeAll(workers)) {
                all.addAll(worked.get());
            }
            pool.shutdown();
            assertThat(new HashSet<>(all)).hasSameSizeAs(all).hasSize(300);
            assertThat(fixture.ledger.claims().nextDue(TO_OSCAR)).isEmpty();
        }
    }
}
