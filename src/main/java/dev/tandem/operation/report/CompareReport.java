package dev.tandem.operation.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How far both systems are in step (docs/develop/in-step.md). Ids and codes only.
 *
 * @param since only what changed from then on was read; none: everything
 * @param ngo only this one is shown; none: all
 * @param ledger whether there is a ledger, whose opinion the differences show
 * @param records cases that have to do with OSCaR, with their clients, and clients without a case
 * @param inStep those without a difference
 * @param pending those whose every difference is on its way
 * @param parity the share of records in step, in per cent, rounded down
 * @param unseen what is no difference, since it cannot be seen
 */
public record CompareReport(
        Instant beganAt,
        Instant endedAt,
        Optional<Instant> since,
        Optional<String> ngo,
        boolean ledger,
        long records,
        long inStep,
        long pending,
        BigDecimal parity,
        List<Count> counts,
        List<Count> unseen,
        List<Difference> differences,
        Optional<Repair> repair)
        implements Report {
    private static final int SHOWN = 20;

    /**
     * How many of a kind at an NGO.
     *
     * @param ngo blank where it is no NGO's
     * @param pending how many of them are on their way
     * @param repairable how many the ordinary delivery can mend
     */
    public record Count(String kind, String ngo, long count, long pending, long repairable) {}

    /**
     * One difference.
     *
     * @param caseId Primero's id of the case; several with blanks between, if they share a number; blank if there is none
     * @param client NGO and slug; several likewise
     * @param effect the key of what is owed; blank for what no effect can mend
     * @param fields what differs, each with its owner in brackets
     * @param code why it is not sent by itself, if it is not
     * @param words the same in words
     * @param state what the ledger thinks of it: {@code pending}, {@code waiting}, {@code parked}, {@code settled}, {@code
     *     baseline}, {@code discarded}, {@code unknown}; {@code pending} also if the case changed while it was compared; blank
     *     without a ledger
     * @param repairable whether the ordinary delivery can mend it
     */
    public record Difference(
            String kind,
            String ngo,
            String caseId,
            String client,
            String effect,
            List<String> fields,
            String code,
            String words,
            String state,
            boolean repairable) {
        public boolean pending() {
            return state.equals("pending");
        }
    }

    /**
     * What {@code --repair} did.
     *
     * @param marked records that were marked
     * @param left differences that are a person's turn
     */
    public record Repair(long marked, long left) {}

    /** The share in per cent; 100 only if nothing differs. */
    public static BigDecimal parity(long inStep, long records) {
        return records == 0
                ? BigDecimal.valueOf(100)
                : BigDecimal.valueOf(100)
                        .multiply(BigDecimal.valueOf(inStep))
                        .divide(BigDecimal.valueOf(records), 1, RoundingMode.DOWN);
    }

    /** As {@code 9,912 of 9,930 in step, 99.8 %; 14 of the rest pending}. */
    public String summary() {
        return String.format(Locale.ROOT, "%,d of %,d in step, %s %%", inStep, records, parity.toPlainString())
                + (pending > 0 ? String.format(Locale.ROOT, "; %,d of the rest pending", pending) : "");
    }

    @Override
    public int exitCode() {
        return differences.stream().allMatch(Difference::pending) ? 0 : 3;
    }

    /** The differences, for a spreadsheet. */
    public List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                List.of("kind", "ngo", "case", "client", "effect", "fields", "code", "reason", "ledger", "repairable"));
        differences.forEach(one -> rows.add(List.of(
                one.kind(),
                one.ngo(),
                one.caseId(),
                one.client(),
                one.effect(),
                String.join(" ", one.fields()),
                one.code(),
                one.words(),
                one.state(),
                one.repairable() ? "yes" : "no")));
        return rows;
    }

    public ReportText text() {
        List<String> sentences = new ArrayList<>();
        if (differences.size() > SHOWN) {
            sentences.add("These are " + SHOWN + " of " + differences.size() + ": --csv FILE or --json lists all.");
        }
        repair.ifPresent(done -> sentences.add(done.marked() + " records are marked for delivery; " + done.left()
                + " differences are a person's turn, or go by themselves."));
        if (!ledger) {
            sentences.add(
                    "There is no ledger: whether a referral has arrived that no NGO has taken up cannot be told.");
        }
        since.ifPresent(from -> sentences.add("Only what changed from " + from
                + " on was read: cases without client and the other differences of pairs were not looked for."));
        sentences.add(summary() + ".");
        return new ReportText()
                .table(new Table<>(totals(counts, Count::kind))
                        .column("difference", Total::name)
                        .column("count", Total::count)
                        .column("pending", Total::pending)
                        .column("repairable", Total::repairable))
                .table(new Table<>(totals(counts, Count::ngo))
                        .column("NGO", total -> dash(total.name()))
                        .column("count", Total::count)
                        .column("of which", total -> ofWhich(total.counts(), Count::kind)))
                .table(new Table<>(totals(unseen, Count::kind))
                        .column("not seen, no difference", Total::name)
                        .column("count", Total::count)
                        .column("at", total -> ofWhich(total.counts(), Count::ngo)))
                .table(new Table<>(differences.stream().limit(SHOWN).toList())
                        .column("difference", Difference::kind)
                        .column("case", difference -> dash(difference.caseId()))
                        .column("client", difference -> dash(difference.client()))
                        .column("what", CompareReport::what)
                        .column("ledger", difference -> dash(difference.state())))
                .sentences(sentences);
    }

    private record Total(String name, List<Count> counts) {
        long count() {
            return counts.stream().mapToLong(Count::count).sum();
        }

        long pending() {
            return counts.stream().mapToLong(Count::pending).sum();
        }

        long repairable() {
            return counts.stream().mapToLong(Count::repairable).sum();
        }
    }

    private static List<Total> totals(List<Count> counts, Function<Count, String> by) {
        return counts.stream().collect(Collectors.groupingBy(by, TreeMap::new, Collectors.toList())).entrySet().stream()
                .map(group -> new Total(group.getKey(), group.getValue()))
                .toList();
    }

    private static String ofWhich(List<Count> counts, Function<Count, String> by) {
        return counts.stream()
                .map(count -> count.count() + " " + dash(by.apply(count)))
                .collect(Collectors.joining(", "));
    }

    private static String what(Difference difference) {
        String fields = String.join(", ", difference.fields());
        String what = fields.isEmpty() ? difference.words() : fields;
        return dash(what.isEmpty() ? difference.effect() : what);
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
