package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.items.Work;
import dev.tandem.outcome.Unmappable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions of routes and mappings, as the ledger knows them. */
class EditionsTest {
    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void what_is_parked_for_the_mapping_is_tried_once_under_each_version_and_so_many_at_a_time(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            for (String record : List.of("a", "b", "c")) {
                fixture.mark(TO_OSCAR, record, "content");
                park(fixture, "one");
            }
            assertThat(tryAgain(fixture, "one")).isZero();

            assertThat(tryAgain(fixture, "two")).isEqualTo(2);
            park(fixture, "two");
            park(fixture, "two");
            assertThat(fixture.claimMaybe(TO_OSCAR)).isEmpty();
            assertThat(tryAgain(fixture, "two")).isEqualTo(1);
            // A replica that has not seen the new version yet takes it up: it is not tried yet.
            park(fixture, "one");
            assertThat(tryAgain(fixture, "two")).isEqualTo(1);
            park(fixture, "two");
            assertThat(tryAgain(fixture, "two")).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void it_is_known_what_is_in_force_what_was_turned_away_and_what_was_last_good(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            EditionBook book = fixture.ledger.editions();
            assertThat(book.inForce()).isEmpty();
            assertThat(book.lastGood()).isEmpty();

            book.accepted("one", List.of(), bytes("one"));
            book.accepted("one", List.of(), bytes("one"));
            book.rejected("two", List.of("routes/a.camel.yaml"), List.of("a.camel.yaml:3: no", "b: no"));

            assertThat(book.inForce().orElseThrow().version()).isEqualTo("one");
            assertThat(book.turnedAway().orElseThrow().faults()).containsExactly("a.camel.yaml:3: no", "b: no");
            assertThat(book.lastGood()).hasValue(bytes("one"));
            assertThat(book.newest(10)).extracting(EditionBook.Entry::version).containsExactly("two", "one");

            book.accepted("three", List.of("routes/a.camel.yaml"), bytes("three"));
            assertThat(book.turnedAway()).isEmpty();
            assertThat(book.lastGood()).hasValue(bytes("three"));
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void many_versions_do_not_fill_the_database(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            EditionBook book = fixture.ledger.editions();
            for (int i = 0; i < 250; i++) {
                book.accepted("good-" + i, List.of(), bytes("text"));
                book.rejected("bad-" + i, List.of("x".repeat(5000)), List.of("y".repeat(9000)));
            }
            assertThat(book.newest(1000)).hasSizeLessThan(210);
            assertThat(book.inForce().orElseThrow().version()).isEqualTo("good-249");
            assertThat(book.lastGood()).isPresent();
        }
    }

    @ParameterizedTest
    @EnumSource(TestDatabase.class)
    void the_newest_that_were_found_sound_are_remembered(TestDatabase kind) {
        try (LedgerFixture fixture = new LedgerFixture(kind)) {
            EditionBook book = fixture.ledger.editions();
            assertThat(book.wasSound("0")).isFalse();
            for (int i = 0; i < 25; i++) {
                book.sound("0");
                book.sound(String.valueOf(i));
                fixture.clock.advance(Duration.ofSeconds(1));
            }
            assertThat(book.wasSound("24")).isTrue();
            assertThat(book.wasSound("0")).isTrue();
            assertThat(book.wasSound("3")).isFalse();
        }
    }

    private static int tryAgain(LedgerFixture fixture, String version) {
        return fixture.ledger.editRetries().tryAgain(version, 2);
    }

    private static void park(LedgerFixture fixture, String version) {
        Work work = fixture.claimOne(TO_OSCAR);
        work.workedBy(version);
        work.decide(candidates("{'key': 'referral:1', 'kind': 'referral'}"), Set.of());
        work.failed(
                new Unmappable("unmapped-code", "field", "no row for it", "over"),
                Optional.of("referral:1"),
                Optional.of("referral"));
        fixture.settle(work, "content");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
