package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.sweeps.Sweep;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is no longer shown by a source is known after two full sweeps, and no longer once it is back. */
class HoldersTest {
    @ParameterizedTest
    @EnumSource
    void who_was_not_shown_by_two_full_sweeps_is_gone_and_an_incremental_one_proves_nothing(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            sweep(fixture, true, "cif", "goh");
            sweep(fixture, true, "cif");
            sweep(fixture, false, "cif");
            assertThat(fixture.ledger.holders().gone("oscar")).isEmpty();
            sweep(fixture, true, "cif");
            assertThat(fixture.ledger.holders().gone("oscar")).containsExactly("goh");
            sweep(fixture, true);
            assertThat(fixture.ledger.holders().gone("oscar"))
                    .as("it showed nobody")
                    .containsExactly("goh");
            assertThat(fixture.ledger.holders().gone("primero")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_was_parked_for_one_that_is_back_is_looked_at_again(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            sweep(fixture, true, "goh");
            sweep(fixture, true, "cif");
            sweep(fixture, true, "cif");
            fixture.mark(TO_OSCAR, "case-1", "a");
            Work work = fixture.claimOne(TO_OSCAR);
            work.decide(
                    candidates("{'kind':'referral','key':'referral:row1:ref1','parks':"
                            + "{'code':'ngo-gone','field':'f','offendingValue':'goh','words':'w'}}"),
                    Set.of("referral"));
            fixture.settle(work, "a");
            sweep(fixture, false, "cif");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();

            sweep(fixture, false, "cif", "goh");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isPresent();
        }
    }

    private static void sweep(LedgerFixture fixture, boolean full, String... shown) {
        Sweep sweep = fixture.ledger
                .sweeps()
                .begin("oscar", Duration.ofMinutes(15), full, Optional.empty())
                .orElseThrow();
        fixture.ledger.sweeps().complete(sweep, Optional.empty(), Set.of(shown), false);
    }
}
