package dev.tandem.observe;

import dev.tandem.ledger.CompareBook;
import dev.tandem.ledger.Ledger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the last comparison of everything has found. */
record Parity(CompareBook.Run run, List<CompareBook.Count> counts) {
    static Optional<Parity> last(Ledger ledger) {
        CompareBook book = new CompareBook(ledger.store());
        return book.lastWhole().map(run -> new Parity(run, book.counts(run.id())));
    }

    double ratio() {
        return run.records() == 0 ? 1 : (double) run.inStep() / run.records();
    }

    long differences(String kind) {
        return counts.stream()
                .filter(count -> count.seen() && count.kind().equals(kind))
                .mapToLong(CompareBook.Count::counted)
                .sum();
    }

    String summary() {
        return String.format(
                Locale.ROOT, "%,d of %,d in step; %,d of the rest pending", run.inStep(), run.records(), run.pending());
    }
}
