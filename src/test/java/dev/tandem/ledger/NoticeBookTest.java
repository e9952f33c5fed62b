package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.NoticeBook.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each thing is told once by each way, whoever takes it, and again only if it failed or began anew. */
class NoticeBookTest {
    @ParameterizedTest
    @EnumSource
    void what_one_has_taken_no_other_gets_until_it_has_failed_or_died(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            NoticeBook book = fixture.ledger.notices();
            book.begins(gate(fixture));
            book.begins(gate(fixture));
            assertThat(book.take("mail")).hasSize(1);
            assertThat(book.take("mail")).as("another replica").isEmpty();
            assertThat(book.take("webhook")).as("the other way").hasSize(1);

            fixture.clock.advance(Duration.ofMinutes(6));
            List<Notice> afterDeath = book.take("mail");
            assertThat(afterDeath).hasSize(1);
            book.failed("mail", afterDeath);
            assertThat(book.take("mail")).as("not at once").isEmpty();
            fixture.clock.advance(Duration.ofHours(1));
            List<Notice> afterFailure = book.take("mail");
            assertThat(afterFailure).hasSize(1);
            book.sent("mail", afterFailure);
            fixture.clock.advance(Duration.ofDays(1));
            assertThat(book.take("mail")).as("sent").isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_is_over_is_not_told_and_is_told_again_when_it_begins_anew(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            NoticeBook book = fixture.ledger.notices();
            book.last(Set.of("gate-closed"), List.of(gate(fixture)));
            book.last(Set.of("gate-closed"), List.of());
            assertThat(book.take("mail")).as("over before it was sent").isEmpty();
            book.last(Set.of("gate-closed"), List.of(gate(fixture)));
            book.sent("mail", book.take("mail"));
            book.ends("gate-closed:oscar");
            book.begins(gate(fixture));
            assertThat(book.take("mail")).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_event_is_kept_for_a_week(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            NoticeBook book = fixture.ledger.notices();
            book.happened(
                    new Notice("a", "summary", "", "{}", fixture.ledger.clock().now()));
            fixture.clock.advance(Duration.ofDays(8));
            book.happened(
                    new Notice("b", "summary", "", "{}", fixture.ledger.clock().now()));
            assertThat(book.take("mail")).extracting(Notice::name).containsExactly("b");
        }
    }

    private static Notice gate(LedgerFixture fixture) {
        return new Notice(
                "gate-closed:oscar",
                "gate-closed",
                "oscar",
                "{}",
                fixture.ledger.clock().now());
    }
}
