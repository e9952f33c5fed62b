package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.history.HourlySums;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each hour is summed once it is over, and its sums stay when the journal's lines go. */
class HourlySumsTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void sums_are_the_same_before_and_after_and_outlive_the_journal(TestDatabase database) {
        try (LedgerFixture fixture = new LedgerFixture(database)) {
            Ledger ledger = fixture.ledger;
            Instant noon = fixture.clock.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(3));
            line(ledger, noon.plusSeconds(100), "a", "owed");
            line(ledger, noon.plusSeconds(160), "a", "confirmed");
            line(ledger, noon.plusSeconds(200), "b", "parked");
            line(ledger, noon.plusSeconds(3700), "b", "confirmed");
            // The same effect once more: its delay begins anew.
            line(ledger, noon.plusSeconds(7300), "a", "owed");
            line(ledger, noon.plusSeconds(7310), "a", "confirmed");

            List<HourlySums.Sum> live = ledger.hourlySums().hours(noon);
            assertThat(live)
                    .contains(
                            new HourlySums.Sum(noon, "primero-to-oscar", "confirmed", 1, 60),
                            new HourlySums.Sum(noon, "primero-to-oscar", "parked", 1, 0),
                            new HourlySums.Sum(noon.plusSeconds(3600), "primero-to-oscar", "confirmed", 1, 3500),
                            new HourlySums.Sum(noon.plusSeconds(7200), "primero-to-oscar", "confirmed", 1, 10));

            fixture.clock.advance(Duration.ofHours(1));
            ledger.hourlySums().sumUp();
            assertThat(ledger.hourlySums().hours(noon)).isEqualTo(live);
            // Another replica, or a restart.
            new HourlySums(ledger.store()).sumUp();
            assertThat(ledger.hourlySums().hours(noon)).isEqualTo(live);

            ledger.store()
                    .run(handle -> handle.execute("delete from journal where at < ?", at(noon.plusSeconds(7200))));
            assertThat(ledger.hourlySums().hours(noon)).isEqualTo(live);
            assertThat(ledger.hourlySums().stretches(noon.plusSeconds(7200), Duration.ofMinutes(5)))
                    .contains(new HourlySums.Sum(noon.plusSeconds(7200), "primero-to-oscar", "confirmed", 1, 10));
        }
    }

    private static OffsetDateTime at(Instant moment) {
        return moment.atOffset(ZoneOffset.UTC);
    }

    private static void line(Ledger ledger, Instant moment, String record, String event) {
        ledger.store()
                .run(handle -> handle.execute(
                        "insert into journal (at, flow, record, effect_key, event) values (?, 'primero-to-oscar', ?, 'referral:1', ?)",
                        at(moment),
                        record,
                        event));
    }
}
