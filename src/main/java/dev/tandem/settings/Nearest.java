package dev.tandem.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntBinaryOperator;
import java.util.regex.Pattern;

/** The name that was probably meant. */
public final class Nearest {
    private static final Pattern PART = Pattern.compile("[._-]");
    private static final int A_PART = 3;
    private static final int MOST = 3;

    private Nearest() {}

    /** Empty if none is within a third of the name's length in edits. */
    public static Optional<String> to(String name, Collection<String> candidates) {
        return all(name, candidates).stream().findFirst();
    }

    /** All that are equally near; at most three, since more help nobody. */
    static List<String> all(String name, Collection<String> candidates) {
        List<String> best = of(name, candidates, MOST);
        int least = best.isEmpty() ? Integer.MAX_VALUE : distance(name, best.get(0));
        return least > name.length() / 3
                ? List.of()
                : best.stream().filter(each -> distance(name, each) == least).toList();
    }

    /** At most this many, the most similar first, however different. */
    public static List<String> of(String name, Collection<String> candidates, int most) {
        return candidates.stream()
                .sorted(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(most)
                .toList();
    }

    /** In letters, or in the parts of a name: one too many or too few is the same mistake however long it is. */
    private static int distance(String name, String candidate) {
        String from = name.toLowerCase(Locale.ROOT);
        String to = candidate.toLowerCase(Locale.ROOT);
        return Math.min(edits(from, to), parts(PART.split(from), PART.split(to)));
    }

    private static int parts(String[] from, String[] to) {
        return edits(from.length, to.length, A_PART, (i, j) -> edits(from[i], to[j]));
    }

    private static int edits(String from, String to) {
        return edits(from.length(), to.length(), 1, (i, j) -> from.charAt(i) == to.charAt(j) ? 0 : 1);
    }

    /** Levenshtein's distance, one row at a time. */
    private static int edits(int from, int to, int oneMore, IntBinaryOperator replaced) {
        int[] row = new int[to + 1];
        for (int j = 0; j <= to; j++) {
            row[j] = j * oneMore;
        }
        for (int i = 1; i <= from; i++) {
            int diagonal = row[0];
            row[0] = i * oneMore;
            for (int j = 1; j <= to; j++) {
                int other = diagonal + replaced.applyAsInt(i - 1, j - 1);
                diagonal = row[j];
                row[j] = Math.min(other, Math.min(row[j], row[j - 1]) + oneMore);
            }
        }
        return row[to];
    }
}
