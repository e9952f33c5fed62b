package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.outcome.Unmappable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flow that a person stops, and the counts by which it is watched. */
class PausesTest {
    @ParameterizedTest
    @EnumSource
    void a_word_holds_for_every_replica_until_it_is_taken_back(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            Ledger here = fixture.ledger;
            Ledger there = Ledger.open(
                    fixture.database,
                    LedgerSettings.defaults(),
                    new Seal(new byte[32], Optional.empty()),
                    fixture.clock);
            assertThat(there.pauses().paused(LedgerFixture.TO_OSCAR)).isFalse();

            assertThat(here.pauses().pause(LedgerFixture.TO_OSCAR, "test")).isTrue();
            assertThat(here.pauses().pause(LedgerFixture.TO_OSCAR, "test")).isFalse();
            assertThat(here.pauses().paused(LedgerFixture.TO_OSCAR)).isTrue();
            assertThat(here.pauses().paused(LedgerFixture.TO_PRIMERO)).isFalse();
            fixture.clock.advance(Duration.ofSeconds(3));
            assertThat(there.pauses().paused(LedgerFixture.TO_OSCAR)).isTrue();

            assertThat(there.pauses().resume(LedgerFixture.TO_OSCAR)).isTrue();
            assertThat(there.pauses().resume(LedgerFixture.TO_OSCAR)).isFalse();
            fixture.clock.advance(Duration.ofSeconds(3));
            assertThat(here.pauses().paused(LedgerFixture.TO_OSCAR)).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_not_at_rest_is_counted_without_what_is(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            fixture.mark(LedgerFixture.TO_OSCAR, "at-rest", "a");
            fixture.settle(fixture.claimOne(LedgerFixture.TO_OSCAR), "a");
            fixture.mark(LedgerFixture.TO_OSCAR, "parked", "b");
            Work parked = fixture.claimOne(LedgerFixture.TO_OSCAR);
            parked.failed(new Unmappable("code", "field", "words", "x"), Optional.empty(), Optional.empty());
            fixture.settle(parked, "b");
            var since = fixture.clock.now();
            fixture.mark(LedgerFixture.TO_OSCAR, "in-work", "c");
            Work inWork = fixture.claimOne(LedgerFixture.TO_OSCAR);
            fixture.clock.advance(Duration.ofSeconds(5));
            fixture.mark(LedgerFixture.TO_OSCAR, "pending", "d");

            assertThat(fixture.ledger.status().unsettled(List.of(LedgerFixture.TO_OSCAR, LedgerFixture.TO_PRIMERO)))
                    .containsExactly(
                            new LedgerStatus.Unsettled(LedgerFixture.TO_OSCAR, 1, 1, Optional.of(since), 0, 1, 0),
                            new LedgerStatus.Unsettled(LedgerFixture.TO_PRIMERO, 0, 0, Optional.empty(), 0, 0, 0));
            assertThat(inWork.record()).isEqualTo("in-work");
        }
    }
}
