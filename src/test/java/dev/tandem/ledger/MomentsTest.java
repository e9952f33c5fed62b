package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.sweeps.Moments;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MomentsTest {
    private static final Instant SIX = Instant.parse("2026-03-02T06:00:00Z");

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void one_replica_takes_each_moment_of_each_task(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            Moments moments = fixture.ledger.moments();

            assertThat(moments.take("notices-summary", SIX)).isTrue();
            assertThat(moments.take("notices-summary", SIX)).isFalse();
            assertThat(moments.take("housekeeping", SIX)).isTrue();
            assertThat(moments.take("notices-summary", SIX.plus(Duration.ofDays(1))))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void moments_that_nobody_fires_any_more_are_forgotten_with_old_events(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.ledger.moments().take("notices-summary", SIX);
            fixture.clock.advance(Duration.ofHours(2));

            assertThat(fixture.ledger.housekeeping().forgetEvents(Duration.ofHours(1)))
                    .isEqualTo(1);
        }
    }
}
