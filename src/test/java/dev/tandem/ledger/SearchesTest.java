package dev.tandem.ledger;

import static dev.tandem.ledger.LedgerFixture.TO_OSCAR;
import static dev.tandem.ledger.LedgerFixture.TO_PRIMERO;
import static dev.tandem.ledger.LedgerFixture.candidates;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.history.JournalSearch;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.Mark;
import dev.tandem.ledger.storage.ItemKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What people look for: a record by any of its ids, and what the journal says of it. */
class SearchesTest {
    private static final ItemKey CLIENT = new ItemKey(TO_PRIMERO, "cif/exam-1");
    private static final ItemKey CASE = new ItemKey(TO_OSCAR, "case-1");

    @ParameterizedTest
    @EnumSource
    void by_any_of_its_ids_with_its_twin(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.mark(TO_OSCAR, "case-2", "a");
            fixture.ledger
                    .marks()
                    .mark(
                            TO_PRIMERO,
                            List.of(new Mark(
                                    "cif/exam-1",
                                    Optional.of("a".getBytes(UTF_8)),
                                    Optional.empty(),
                                    Optional.empty(),
                                    fixture.clock.now(),
                                    Optional.of("number-1"),
                                    Optional.of("case-1"))));

            for (String id : List.of("cif/exam-1", "number-1", "case-1")) {
                assertThat(fixture.ledger.recordSearch().find(id)).as(id).contains(CLIENT);
            }
            assertThat(fixture.ledger.recordSearch().find("case-1")).containsExactly(CLIENT, CASE);
            assertThat(fixture.ledger.recordSearch().find("case-2")).containsExactly(new ItemKey(TO_OSCAR, "case-2"));
            assertThat(fixture.ledger.recordSearch().find("case")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_journal_of_one_record_has_all_its_flows_the_newest_line_first(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            fixture.mark(TO_OSCAR, "case-1", "a");
            fixture.sendReferral().confirm();
            fixture.mark(TO_PRIMERO, "case-1", "a");
            Work other = fixture.claimOne(TO_PRIMERO);
            other.decide(
                    candidates("{'kind':'case','key':'case','parks':"
                            + "{'code':'blank','field':'f','offendingValue':'','words':'w'}}"),
                    Set.of());
            fixture.settle(other, "a");

            List<JournalSearch.Line> lines = fixture.ledger.journalSearch().find(of("case-1"), 10);
            assertThat(lines).extracting(JournalSearch.Line::flow).contains(TO_OSCAR, TO_PRIMERO);
            assertThat(lines).extracting(JournalSearch.Line::id).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(fixture.ledger.journalSearch().find(of("case-1"), 1)).containsExactly(lines.get(0));
            assertThat(fixture.ledger.journalSearch().find(of("case-2"), 10)).isEmpty();
        }
    }

    private static JournalSearch.Filter of(String record) {
        return new JournalSearch.Filter(
                Optional.of(record),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
