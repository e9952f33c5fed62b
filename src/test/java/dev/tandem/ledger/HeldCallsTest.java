package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static dev.tandem.ledger.LedgerFixture.proposal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.effects.CallKind;
import dev.tandem.ledger.effects.EffectState;
import dev.tandem.ledger.effects.Terms;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.items.Work;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A system that fails one kind of call gets few of it; the others are held, named, and go by themselves (protocol 3). */
class HeldCallsTest {
    private static final String KEY = "referral:row:ref";
    private static final CallKind TO_CIF = new CallKind("oscar", "new referral to cif");

    /** A worker and a system whose answers the test chooses. */
    private static final class Desk implements AutoCloseable {
        final LedgerFixture fixture;
        final boolean repeatable;
        final List<String> sent = new ArrayList<>();

        Desk(TestDatabase kind, boolean repeatable, int records) {
            fixture = new LedgerFixture(kind);
            this.repeatable = repeatable;
            for (int i = 0; i < records; i++) {
                fixture.mark(TO_OSCAR, "case-%02d".formatted(i), "a");
            }
        }

        void work(Function<String, Optional<Setback>> answer) {
            fixture.ledger.heldCalls().tryAnother();
            for (Optional<Work> next = fixture.claimMaybe(TO_OSCAR);
                    next.isPresent();
                    next = fixture.claimMaybe(TO_OSCAR)) {
                Work work = next.get();
                if (!work.decide(candidates("{'kind':'referral','key':'" + KEY + "'}"), Set.of("referral"))
                        .isEmpty()) {
                    call(work, answer);
                }
                fixture.settle(work, "a");
                fixture.ledger.heldCalls().tryAnother();
            }
        }

        private void call(Work work, Function<String, Optional<Setback>> answer) {
            Terms terms = repeatable ? LedgerFixture.repeatable() : LedgerFixture.once();
            if (work.intend(List.of(proposal(KEY, "body")), terms.ofKind(TO_CIF))
                    .isEmpty()) {
                return;
            }
            sent.add(work.record());
            Optional<Setback> setback = answer.apply(work.record());
            if (setback.isPresent()) {
                work.failed(setback.get(), Optional.empty(), Optional.empty());
            } else {
                work.confirm();
            }
        }

        void workFor(Duration time, Function<String, Optional<Setback>> answer) {
            for (long minutes = 0; minutes <= time.toMinutes(); minutes += 5) {
                work(answer);
                fixture.clock.advance(Duration.ofMinutes(5));
            }
        }

        long count(EffectState state) {
            return fixture.ledger.status().effects().stream()
                    .filter(count -> count.state().equals(state.name().toLowerCase(java.util.Locale.ROOT)))
                    .mapToLong(LedgerStatus.EffectCount::effects)
                    .sum();
        }

        @Override
        public void close() {
            fixture.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void after_three_different_records_the_others_are_held_and_named_and_use_up_no_attempt(TestDatabase kind) {
        try (Desk desk = new Desk(kind, false, 30)) {
            desk.work(HeldCallsTest::fails);
            assertThat(desk.sent).hasSize(3);
            assertThat(desk.count(EffectState.UNKNOWN)).isEqualTo(3);
            assertThat(desk.count(EffectState.WAITING)).isEqualTo(27);
            assertThat(desk.fixture.ledger.heldCalls().all()).singleElement().satisfies(held -> {
                assertThat(held.system()).isEqualTo("oscar");
                assertThat(held.words()).isEqualTo("new referral to cif");
                assertThat(held.failed()).isEqualTo(3);
                assertThat(held.waiting()).isEqualTo(27);
                assertThat(held.nextTry()).isPresent();
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void another_one_is_tried_every_so_often_and_after_ten_only_a_person_goes_on(TestDatabase kind) {
        try (Desk desk = new Desk(kind, false, 30)) {
            desk.workFor(Duration.ofMinutes(15), HeldCallsTest::fails);
            assertThat(desk.sent).hasSize(4);
            desk.workFor(Duration.ofDays(4), HeldCallsTest::fails);
            assertThat(desk.sent).as("each tried once").hasSize(10).doesNotHaveDuplicates();
            assertThat(desk.fixture.ledger.heldCalls().all().get(0).nextTry()).isEmpty();
            assertThat(desk.count(EffectState.UNKNOWN)).isEqualTo(10);

            desk.workFor(Duration.ofDays(1), HeldCallsTest::works);
            assertThat(desk.sent).hasSize(10);
            assertThat(desk.fixture.ledger.heldCalls().reopen("oscar")).containsExactly("new referral to cif");
            desk.workFor(Duration.ofDays(1), HeldCallsTest::works);
            assertThat(desk.count(EffectState.CONFIRMED)).isEqualTo(30);
            assertThat(desk.sent).hasSize(40);
        }
    }

    @ParameterizedTest
    @EnumSource
    void once_it_is_mended_all_go_by_themselves_and_what_was_tried_is_sent_once_more(TestDatabase kind) {
        try (Desk desk = new Desk(kind, false, 30)) {
            desk.workFor(Duration.ofHours(2), HeldCallsTest::fails);
            int tried = desk.sent.size();
            assertThat(new HashSet<>(desk.sent)).as("none of them twice").hasSize(tried);
            desk.workFor(Duration.ofHours(6), HeldCallsTest::works);
            assertThat(desk.count(EffectState.CONFIRMED)).isEqualTo(30);
            assertThat(desk.sent).hasSize(30 + tried);
            assertThat(desk.fixture.ledger.heldCalls().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_can_be_repeated_is_held_too_and_parks_never(TestDatabase kind) {
        try (Desk desk = new Desk(kind, true, 3)) {
            desk.workFor(Duration.ofDays(2), HeldCallsTest::fails);
            assertThat(desk.count(EffectState.PARKED)).isZero();
            assertThat(desk.sent.size()).isLessThan(20);
            desk.workFor(Duration.ofHours(7), HeldCallsTest::works);
            assertThat(desk.count(EffectState.CONFIRMED)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_refusal_of_its_own_opens_it_but_what_may_have_arrived_waits_for_a_success(TestDatabase kind) {
        try (Desk desk = new Desk(kind, false, 5)) {
            desk.work(HeldCallsTest::fails);
            Set<String> tried = Set.copyOf(desk.sent);
            desk.fixture.clock.advance(Duration.ofMinutes(11));
            desk.work(record -> Optional.of(new Refused("http-422", "oscar answered 422", 422, List.of("services"))));
            assertThat(desk.sent).hasSize(5);
            assertThat(desk.count(EffectState.PARKED)).isEqualTo(2);
            assertThat(desk.count(EffectState.UNKNOWN)).isEqualTo(3);
            assertThat(desk.fixture.ledger.heldCalls().all()).isEmpty();
            desk.workFor(Duration.ofDays(1), HeldCallsTest::fails);
            assertThat(desk.sent).hasSize(5);
            desk.fixture.mark(TO_OSCAR, "case-new", "a");
            desk.workFor(Duration.ofHours(7), HeldCallsTest::works);
            assertThat(desk.sent).contains("case-new").containsAll(tried).hasSize(9);
            assertThat(desk.count(EffectState.CONFIRMED)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_outage_that_lets_nothing_out_holds_no_kind(TestDatabase kind) {
        try (Desk desk = new Desk(kind, false, 5)) {
            desk.work(record -> Optional.of(NotSent.unreachable("connection-refused", "oscar refused the connection")));
            assertThat(desk.sent).hasSize(5);
            assertThat(desk.fixture.ledger.heldCalls().all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_record_that_fails_again_and_again_holds_nothing(TestDatabase kind) {
        try (Desk desk = new Desk(kind, true, 1)) {
            desk.workFor(Duration.ofHours(3), HeldCallsTest::fails);
            assertThat(desk.fixture.ledger.heldCalls().all()).isEmpty();
        }
    }

    private static Setback broken() {
        return new AnswerLost("http-500", "oscar answered 500");
    }

    private static Optional<Setback> fails(String record) {
        return Optional.of(broken());
    }

    private static Optional<Setback> works(String record) {
        return Optional.empty();
    }
}
