package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What owes nothing is settled with its mark, unless it was marked since it was asked for (protocol 5). */
class SettledAtOnceTest {
    private static final Set<String> OWES_NOTHING = Set.of("case-1");

    private static int markSeenAs(LedgerFixture fixture, Mark seen) {
        return fixture.ledger.marks().mark(TO_OSCAR, List.of(seen), OWES_NOTHING);
    }

    @ParameterizedTest
    @EnumSource
    void a_record_that_owes_nothing_is_settled_by_its_mark_and_by_each_later_one(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            for (String content : List.of("a", "b")) {
                assertThat(markSeenAs(fixture, fixture.aMark("case-1", content)))
                        .isEqualTo(1);
                fixture.clock.advance(Duration.ofSeconds(1));
                assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
                fixture.mark(TO_OSCAR, "case-1", content);
                assertThat(fixture.claimMaybe(TO_OSCAR)).as("settled with it").isEmpty();
            }
            fixture.mark(TO_OSCAR, "case-1", "c");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_is_marked_between_its_reading_and_its_mark_is_worked_on(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark first = fixture.aMark("case-1", "a");
            fixture.ledger.marks().mark(TO_OSCAR, List.of(Mark.hint("case-1", fixture.clock.now())));
            markSeenAs(fixture, first);
            Work work = fixture.claimOne(TO_OSCAR);

            Mark second = fixture.aMark("case-1", "b");
            markSeenAs(fixture, second);
            fixture.settle(work, "a");
            assertThat(fixture.claimMaybe(TO_OSCAR))
                    .as("marked while it was worked on")
                    .isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_that_was_settled_since_it_was_read_is_worked_on_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Mark early = fixture.aMark("case-1", "early");
            fixture.clock.advance(Duration.ofSeconds(1));
            fixture.mark(TO_OSCAR, "case-1", "late");
            fixture.settle(fixture.claimOne(TO_OSCAR), "late");

            markSeenAs(fixture, early);

            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource
    void one_with_an_effect_is_worked_on(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.sendReferral();
            work.confirm();
            fixture.settle(work, "a");
            fixture.clock.advance(Duration.ofSeconds(1));
            Mark seen = fixture.aMark("case-1", "b");
            assertThat(fixture.ledger.marks().withoutEffects(TO_OSCAR, List.of(seen)))
                    .isEmpty();

            markSeenAs(fixture, seen);

            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }
}
