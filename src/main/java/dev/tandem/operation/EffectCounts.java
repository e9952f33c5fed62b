package dev.tandem.operation;

import dev.tandem.ledger.items.LedgerStatus.EffectCount;
import dev.tandem.ledger.storage.Tally;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The states of the ledger's effects, and what was counted of them, by flow and kind. */
record EffectCounts(List<EffectCount> effects, Map<Tally.Entry, Long> tally) {
    /** A flow and kind. */
    record Row(String flow, String kind) implements Predicate<EffectCount> {
        @Override
        public boolean test(EffectCount count) {
            return count.flow().equals(flow) && count.kind().equals(kind);
        }
    }

    /** One for each flow and kind that was counted or has such effects. */
    <R> List<R> rows(Predicate<EffectCount> which, Function<Row, R> row) {
        return Stream.concat(
                        effects.stream().filter(which).map(count -> new Row(count.flow(), count.kind())),
                        tally.keySet().stream()
                                .filter(entry -> !entry.kind().equals("record"))
                                .map(entry -> new Row(entry.flow(), entry.kind())))
                .distinct()
                .sorted(Comparator.comparing(Row::flow).thenComparing(Row::kind))
                .map(row)
                .toList();
    }

    /** How many of those are in one of these states. */
    long in(Predicate<EffectCount> of, String... states) {
        return effects.stream()
                .filter(of)
                .filter(count -> List.of(states).contains(count.state()))
                .mapToLong(EffectCount::effects)
                .sum();
    }

    long possibleRepeats(Predicate<EffectCount> of) {
        return effects.stream()
                .filter(of)
                .mapToLong(EffectCount::possibleRepeats)
                .sum();
    }

    long counted(Row row, String outcome) {
        return tally.getOrDefault(new Tally.Entry(row.flow(), row.kind(), outcome), 0L);
    }
}
