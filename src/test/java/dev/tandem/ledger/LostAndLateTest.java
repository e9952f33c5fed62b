package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static dev.tandem.ledger.LedgerFixture.once;
import static dev.tandem.ledger.LedgerFixture.proposal;
import static dev.tandem.ledger.LedgerFixture.repeatable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.ParkedFor;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.LostLease;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Waits;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The protocol's sentences about what may have happened behind a worker's back: answers lost, leases run out, successes that
 * come late, outcomes recorded at the same moment. On both databases.
 */
class LostAndLateTest {
    private static final String REFERRAL = "{'kind':'referral','key':'referral:row1:ref1'}";
    private static final Set<String> ONCE = Set.of("referral");

    @ParameterizedTest
    @EnumSource
    void a_late_success_is_not_overwritten_by_who_took_over(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work stalled = fixture.sendReferral();
            fixture.clock.advance(Duration.ofMinutes(16));
            Work other = fixture.claimOne(TO_OSCAR);
            stalled.confirm();
            assertThat(other.decide(candidates(REFERRAL), ONCE)).isEmpty();
            assertThat(fixture.referral().state()).isEqualTo(EffectState.CONFIRMED);
            assertThat(fixture.referral().lostAnswers()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_a_late_success_confirmed_after_the_decision_is_not_sent_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work stalled = fixture.sendReferral();
            fixture.clock.advance(Duration.ofMinutes(16));
            Work other = fixture.claimOne(TO_OSCAR);
            other.decide(candidates(REFERRAL), ONCE);
            fixture.settle(other, "a");
            fixture.clock.advance(Duration.ofMinutes(10));
            Work again = fixture.claimOne(TO_OSCAR);
            assertThat(again.decide(candidates(REFERRAL), ONCE)).hasSize(1);
            stalled.confirm();
            assertThat(again.intend(List.of(proposal("referral:row1:ref1", "body")), once()))
                    .isEmpty();
            assertThat(fixture.referral().state()).isEqualTo(EffectState.CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_open_call_keeps_its_item_from_others_until_its_deadline_whatever_marks_it(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.sendReferral();
            fixture.ledger.claims().endLeasesOfTheDead();
            fixture.mark(TO_OSCAR, "case-1", "b");
            fixture.clock.advance(Duration.ofMinutes(2).minusMillis(1));
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
            fixture.clock.advance(Duration.ofMillis(1));
            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_call_intended_shortly_before_the_lease_ends_has_the_lease_for_all_of_it(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            fixture.clock.advance(Duration.ofMinutes(14));
            work.intend(List.of(proposal("link:cif:s1", "x")), repeatable());
            fixture.clock.advance(Duration.ofMinutes(2).minusMillis(1));
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
            work.confirm();
            assertThat(fixture.state("link:cif:s1")).isEqualTo(EffectState.CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_worker_whose_lock_was_taken_after_its_lease_sends_nothing(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work stalled = fixture.claimOne(TO_OSCAR);
            assertThat(stalled.lock("case-1")).isTrue();
            fixture.clock.advance(Duration.ofMinutes(16));
            assertThat(fixture.claimOne(TO_PRIMERO).lock("case-1")).isTrue();
            // Nobody has claimed its item yet, so its token is still the newest.
            assertThatThrownBy(() -> stalled.intend(List.of(proposal("link:cif:s1", "x")), repeatable()))
                    .isInstanceOf(LostLease.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_that_had_to_wait_after_its_answer_was_lost_is_named_when_it_goes(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.failed(new AnswerLost("timeout", "no answer in time"), Optional.empty(), Optional.empty());
            fixture.settle(work, "a");
            fixture.clock.advance(Duration.ofMinutes(10));
            Work held = fixture.claimOne(TO_OSCAR);
            held.decide(
                    candidates(
                            "{'kind':'referral','key':'referral:row1:ref1','waits':{'for':'consent','words':'consent'}}"),
                    ONCE);
            fixture.settle(held, "a");
            assertThat(fixture.referral().state()).isEqualTo(EffectState.WAITING);
            fixture.mark(TO_OSCAR, "case-1", "b");
            fixture.sendReferral();
            assertThat(fixture.referral().possibleRepeat()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_referral_that_may_have_arrived_is_given_to_a_person_when_it_is_refused_or_no_longer_owed(TestDatabase kind) {
        for (boolean refused : new boolean[] {true, false}) {
            try (var fixture = new LedgerFixture(kind)) {
                fixture.mark(TO_OSCAR, "case-1", "a");
                Work work = fixture.sendReferral();
                work.failed(new AnswerLost("timeout", "no answer in time"), Optional.empty(), Optional.empty());
                fixture.settle(work, "a");
                fixture.clock.advance(Duration.ofMinutes(10));
                Work again = fixture.sendReferral();
                if (refused) {
                    again.failed(
                            new Refused("http-422", "refused", 422, List.of("services")),
                            Optional.empty(),
                            Optional.empty());
                } else {
                    again.failed(
                            NotSent.after("http-503", "busy", Duration.ofSeconds(60)),
                            Optional.empty(),
                            Optional.empty());
                    fixture.settle(again, "a");
                    fixture.clock.advance(Duration.ofSeconds(60));
                    again = fixture.claimOne(TO_OSCAR);
                    again.decide(List.of(), ONCE);
                }
                fixture.settle(again, "a");
                assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);
                assertThat(fixture.referral().parkedFor()).isEqualTo(ParkedFor.PERSON);
                assertThat(fixture.referral().possibleRepeat()).isTrue();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void parked_at_once_after_a_lost_answer_it_is_named_as_a_possible_repeat(TestDatabase kind) {
        LedgerSettings park = new LedgerSettings(
                Duration.ofMinutes(15),
                12,
                Duration.ofSeconds(10),
                Duration.ofHours(1),
                false,
                Duration.ofMinutes(10),
                Optional.empty());
        try (var fixture = new LedgerFixture(kind, park)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.failed(new AnswerLost("timeout", "no answer in time"), Optional.empty(), Optional.empty());
            fixture.settle(work, "a");
            assertThat(fixture.referral().state()).isEqualTo(EffectState.PARKED);
            assertThat(fixture.referral().parkedFor()).isEqualTo(ParkedFor.PERSON);
            assertThat(fixture.referral().possibleRepeat()).isTrue();
            assertThat(fixture.ledger.tally().counts())
                    .containsEntry(new Tally.Entry(TO_OSCAR, "referral", "possible-repeat"), 1L);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_success_that_could_not_be_recorded_counts_as_lost_and_not_as_a_fault_of_the_mapping(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.noteAnswer();
            work.failed(
                    new IllegalStateException("anything"), Optional.of("referral:row1:ref1"), Optional.of("referral"));
            assertThat(fixture.referral().state()).isEqualTo(EffectState.UNKNOWN);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_tried_again_at_each_sweep_and_waits_for_the_same_thing_is_parked_after_two(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            for (int sweep = 1; sweep <= 2; sweep++) {
                Work work = fixture.sendReferral();
                work.failed(new Waits("feed:cif:ext", "the NGO took it up"), Optional.empty(), Optional.empty());
                fixture.settle(work, "a");
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
    void an_outcome_that_was_recorded_before_the_waiting_was_is_not_waited_for(TestDatabase kind) {
        String waits = "{'kind':'service','key':'service:cif:1:u','waits':{'for':"
                + "'effect:primero-to-oscar:case-1:referral:row1:ref1','words':'may be its answer'}}";
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work sender = fixture.sendReferral();
            fixture.mark(TO_PRIMERO, "cif/s-1", "a");
            Work waiter = fixture.claimOne(TO_PRIMERO);
            waiter.decide(candidates(waits), ONCE);
            fixture.settle(waiter, "a");
            assertThat(fixture.claimMaybe(TO_PRIMERO)).as("waiting").isEmpty();
            sender.confirm();
            Work woken = fixture.claimOne(TO_PRIMERO);

            woken.decide(candidates(waits), ONCE);
            fixture.settle(woken, "a");
            fixture.clock.advance(Duration.ofSeconds(10));
            assertThat(fixture.claimMaybe(TO_PRIMERO))
                    .as("its outcome was known: decided anew")
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void two_that_wake_each_other_at_once_lose_no_effect(TestDatabase kind) throws Exception {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.sweepInFull("oscar");
            Terms after = new Terms(Duration.ofMinutes(2), false, Optional.of(TO_PRIMERO));
            var pool = Executors.newFixedThreadPool(2);
            for (int i = 0; i < 40; i++) {
                String name = "case-" + i;
                String slug = "cif/s-" + i;
                fixture.ledger
                        .marks()
                        .mark(
                                TO_PRIMERO,
                                List.of(new Mark(
                                        slug,
                                        Optional.of(new byte[] {1}),
                                        Optional.empty(),
                                        Optional.of(new byte[] {1}),
                                        fixture.clock.now(),
                                        Optional.empty(),
                                        Optional.of(name))));
                fixture.mark(TO_OSCAR, name, "a");
                Work row = fixture.claimOne(TO_PRIMERO);
                Work theCase = fixture.claimOne(TO_OSCAR);
                Proposal referral = proposal("referral:row1:ref1", "body");
                var settled = pool.submit(() -> fixture.settle(row, "row"));
                var sent = pool.submit(
                        () -> theCase.intend(List.of(referral), after).size());
                settled.get();
                int granted = sent.get();
                EffectState stored =
                        fixture.ledger.effects().of(TO_OSCAR, name).get(0).state();
                assertThat(stored).isEqualTo(granted == 1 ? EffectState.INTENDED : EffectState.WAITING);
                if (granted == 1) {
                    theCase.confirm();
                }
                fixture.settle(theCase, "a");
                boolean due = fixture.claimMaybe(TO_OSCAR).isPresent();
                assertThat(due).as("woken if it waited").isEqualTo(granted == 0);
            }
            pool.shutdown();
        }
    }

    /** Two confirmed in the last element of a split, with nothing written between them. */
    @ParameterizedTest
    @EnumSource
    void what_is_confirmed_with_the_next_is_written_whatever_else_is_confirmed_before_that(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.intend(List.of(proposal("decision:ngo:1", "a"), proposal("decision:ngo:2", "b")), repeatable());
            work.confirmWithTheNext();
            work.confirmWithTheNext();
            fixture.settle(work, "a");
            assertThat(fixture.state("decision:ngo:1")).isEqualTo(EffectState.CONFIRMED);
            assertThat(fixture.state("decision:ngo:2")).isEqualTo(EffectState.CONFIRMED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_answer_that_came_while_the_database_was_away_is_written_down_once_it_is_back(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            AtomicBoolean away = new AtomicBoolean();
            DataSource unreliable = unreliable(fixture.database, away);
            Ledger ledger = Ledger.open(
                    unreliable, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()), fixture.clock);
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = ledger.claim(TO_OSCAR, 1).get(0);
            work.decide(candidates(REFERRAL), ONCE);
            work.intend(List.of(proposal("referral:row1:ref1", "body")), once());
            away.set(true);
            assertThatThrownBy(work::confirm).isInstanceOf(JdbiException.class);
            assertThatThrownBy(() -> work.failed(
                            new IllegalStateException(), Optional.of("referral:row1:ref1"), Optional.of("referral")))
                    .isInstanceOf(JdbiException.class);
            away.set(false);
            work.giveBack();

            assertThat(fixture.referral().state()).isEqualTo(EffectState.CONFIRMED);
            assertThat(fixture.referral().lostAnswers()).isZero();
            assertThat(fixture.claimMaybe(TO_OSCAR)).as("at once").isPresent();
        }
    }

    private static DataSource unreliable(DataSource database, AtomicBoolean away) {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (away.get()) {
                        throw new SQLException("away", "08006");
                    }
                    return method.invoke(database, arguments);
                });
    }
}
