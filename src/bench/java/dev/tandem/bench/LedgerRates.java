package dev.tandem.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Marks and settlements per second, and what they cost in a ledger that holds much. */
final class LedgerRates implements Part {
    private static final double MOST_OF_THE_COST = 1.2;
    private static final double SETTLED_A_SECOND = 3_000;

    @Override
    public void measure(Options options, Results results) throws Exception {
        for (Databases kind : Databases.values()) {
            try (LedgerUnderTest few = LedgerUnderTest.holding(options.fewItems(), kind);
                    LedgerUnderTest many = LedgerUnderTest.holding(options.manyItems(), kind)) {
                measure(options, results, kind, few, many);
            }
        }
    }

    private static void measure(
            Options options, Results results, Databases kind, LedgerUnderTest few, LedgerUnderTest many)
            throws Exception {
        for (LedgerUnderTest ledger : List.of(few, many)) {
            ledger.mark(options.settled());
            ledger.settle();
        }
        List<Double> marksOfFew = new ArrayList<>();
        List<Double> marksOfMany = new ArrayList<>();
        Alternating settled = Alternating.of(
                Math.max(5, options.alternations()),
                () -> {
                    marksOfMany.add(many.mark(options.settled()));
                    return many.settle();
                },
                () -> {
                    marksOfFew.add(few.mark(options.settled()));
                    return few.settle();
                });
        String large = String.format(Locale.ROOT, ", %,d items", options.manyItems());
        String small = String.format(Locale.ROOT, "%,d items", options.fewItems());
        Samples markedOfMany = new Samples(marksOfMany);
        Samples markedOfFew = new Samples(marksOfFew);
        results.add(
                Result.beside("ledger", kind.label() + ": mark" + large, "items/s", markedOfMany, small, markedOfFew));
        results.add(Result.beside(
                "ledger", kind.label() + ": claim to settle" + large, "items/s", settled.tandem, small, settled.other));
        results.add(Result.beside(
                        "ledger",
                        kind.label() + ": mark to settle" + large,
                        "items/s",
                        bothOf(markedOfMany, settled.tandem),
                        small,
                        bothOf(markedOfFew, settled.other))
                .goal("an item costs at most 1.2 times as much", ratio -> ratio >= 1 / MOST_OF_THE_COST));
        if (kind == Databases.POSTGRESQL) {
            results.add(Result.alone("ledger", "PostgreSQL: claim to settle, " + small, "items/s", settled.other)
                    .goal("at least 3,000 a second", rate -> rate >= SETTLED_A_SECOND));
        }
    }

    /** All that the ledger does for one item: it is marked, and then claimed and settled. */
    private static Samples bothOf(Samples marked, Samples settled) {
        List<Double> both = new ArrayList<>();
        for (int i = 0; i < marked.values().size(); i++) {
            both.add(1 / (1 / marked.values().get(i) + 1 / settled.values().get(i)));
        }
        return new Samples(both);
    }
}
