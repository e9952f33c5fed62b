package dev.tandem.operation.compare;

import dev.tandem.ledger.CompareBook;
import dev.tandem.ledger.Ledger;
import dev.tandem.operation.report.CompareHistory;
import dev.tandem.operation.report.CompareReport;
import dev.tandem.operation.report.CompareReport.Count;
import dev.tandem.operation.report.CompareReport.Difference;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reports of comparisons, as the ledger keeps them. */
public final class KeptComparisons {
    private static final int MOST = 1000;

    private final CompareBook book;

    public KeptComparisons(Ledger ledger) {
        this.book = new CompareBook(ledger.store());
    }

    public void keep(CompareReport report) {
        book.keep(
                new CompareBook.Run(
                        0,
                        report.beganAt(),
                        report.endedAt(),
                        report.since().orElse(null),
                        report.ngo().orElse(null),
                        report.records(),
                        report.inStep(),
                        report.pending()),
                Stream.concat(
                                report.counts().stream().map(count -> count(count, true)),
                                report.unseen().stream().map(count -> count(count, false)))
                        .toList(),
                report.differences().stream()
                        .map(one -> new CompareBook.Difference(
                                one.kind(),
                                one.ngo(),
                                one.caseId(),
                                one.client(),
                                one.effect(),
                                String.join(",", one.fields()),
                                one.code(),
                                one.words(),
                                one.state(),
                                one.repairable()))
                        .toList());
    }

    /** The last one in full, if there was any. */
    public Optional<CompareReport> last() {
        return book.newest(1).stream()
                .findFirst()
                .map(run -> new CompareReport(
                        run.beganAt(),
                        run.endedAt(),
                        Optional.ofNullable(run.since()),
                        Optional.ofNullable(run.ngo()),
                        true,
                        run.records(),
                        run.inStep(),
                        run.pending(),
                        CompareReport.parity(run.inStep(), run.records()),
                        counts(run, true),
                        counts(run, false),
                        book.differences(run.id()).stream()
                                .map(KeptComparisons::difference)
                                .toList(),
                        Optional.empty()));
    }

    public CompareHistory history() {
        return new CompareHistory(book.newest(MOST).stream()
                .map(run -> new CompareHistory.Run(
                        run.id(),
                        run.beganAt(),
                        run.endedAt(),
                        Optional.ofNullable(run.since()),
                        Optional.ofNullable(run.ngo()),
                        run.records(),
                        run.inStep(),
                        run.pending(),
                        CompareReport.parity(run.inStep(), run.records()),
                        counts(run, true),
                        counts(run, false)))
                .toList());
    }

    private List<Count> counts(CompareBook.Run run, boolean seen) {
        return book.counts(run.id()).stream()
                .filter(count -> count.seen() == seen)
                .map(count ->
                        new Count(count.kind(), count.ngo(), count.counted(), count.pending(), count.repairable()))
                .toList();
    }

    private static CompareBook.Count count(Count count, boolean seen) {
        return new CompareBook.Count(
                count.kind(), count.ngo(), seen, count.count(), count.pending(), count.repairable());
    }

    private static Difference difference(CompareBook.Difference one) {
        return new Difference(
                one.kind(),
                one.ngo(),
                one.caseId(),
                one.client(),
                one.effectKey(),
                one.fields().isEmpty() ? List.of() : List.of(one.fields().split(",")),
                one.code(),
                one.words(),
                one.state(),
                one.repairable());
    }
}
