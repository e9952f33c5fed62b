package dev.tandem.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param parts the names of the parts to run; empty for all
 * @param seconds how long one run of one side is to take at most, where that can be had by fewer records
 * @param alternations how often each comparison is made; the two sides take turns in being first
 * @param referrals how many are delivered in one run, if the time allows
 * @param unchanged how many unchanged records a sweep reads
 * @param fewItems the small ledger
 * @param manyItems the large ledger
 * @param settled how many items are settled in one run of the ledger
 * @param outage how many changes have gathered during the outage
 * @param directory where the results go
 */
record Options(
        Set<String> parts,
        int seconds,
        int alternations,
        int referrals,
        int unchanged,
        int fewItems,
        int manyItems,
        int settled,
        int outage,
        Path directory) {
    static final String USAGE = """
            --standard      5,000 referrals, 100,000 unchanged records, ledgers of 10,000 and 1,000,000 items; each run
                            of one side takes at most 6 s (fewer referrals where latency makes them slow)
            --exhaustive    the same with 5,000 referrals in every case, which takes hours
            --quick         small everywhere, two minutes: to see that it works
            --only=A,B      only these parts: ledger, unchanged, delivery, profile, events, effect, start,
                            memory, outage, compare, large, small
            --alternations=N, --seconds=N, --referrals=N, --unchanged=N, --many=N, --outage=N
            """;

    private static final Path RESULTS = Path.of("target", "bench");

    private static final Options STANDARD =
            new Options(Set.of(), 6, 3, 5_000, 100_000, 10_000, 1_000_000, 4_000, 50_000, RESULTS);
    private static final Options QUICK = new Options(Set.of(), 1, 3, 100, 2_000, 1_000, 20_000, 500, 1_000, RESULTS);

    /** @throws IllegalArgumentException with words for whoever typed it */
    static Options of(List<String> words) {
        Options options = STANDARD;
        for (String word : words) {
            options = options.with(word);
        }
        return options;
    }

    private Options with(String word) {
        String value = word.substring(word.indexOf('=') + 1);
        return switch (word.substring(0, word.length() - (word.contains("=") ? value.length() : 0))) {
            case "--standard" -> withSizesOf(STANDARD);
            case "--quick" -> withSizesOf(QUICK);
            case "--exhaustive" -> withSizesOf(STANDARD).but(Integer.MAX_VALUE, alternations, STANDARD.referrals);
            case "--only=" ->
                new Options(
                        Set.of(value.split(",")),
                        seconds,
                        alternations,
                        referrals,
                        unchanged,
                        fewItems,
                        manyItems,
                        settled,
                        outage,
                        directory);
            case "--alternations=" -> but(seconds, Integer.parseInt(value), referrals);
            case "--seconds=" -> but(Integer.parseInt(value), alternations, referrals);
            case "--referrals=" -> but(seconds, alternations, Integer.parseInt(value));
            case "--unchanged=" -> sized(Integer.parseInt(value), manyItems, outage);
            case "--many=" -> sized(unchanged, Integer.parseInt(value), outage);
            case "--outage=" -> sized(unchanged, manyItems, Integer.parseInt(value));
            default -> throw new IllegalArgumentException("unknown: " + word + "\n" + USAGE);
        };
    }

    private Options withSizesOf(Options other) {
        return new Options(
                parts,
                other.seconds,
                other.alternations,
                other.referrals,
                other.unchanged,
                other.fewItems,
                other.manyItems,
                other.settled,
                other.outage,
                directory);
    }

    private Options but(int newSeconds, int newAlternations, int newReferrals) {
        return new Options(
                parts,
                newSeconds,
                newAlternations,
                newReferrals,
                unchanged,
                fewItems,
                manyItems,
                settled,
                outage,
                directory);
    }

    private Options sized(int newUnchanged, int newMany, int newOutage) {
        return new Options(
                parts,
                seconds,
                alternations,
                referrals,
                newUnchanged,
                fewItems,
                newMany,
                settled,
                newOutage,
                directory);
    }

    boolean wants(String part) {
        return parts.isEmpty() || parts.contains(part);
    }

    /** In one line, for the head of the table. */
    String inWords() {
        List<String> words = new ArrayList<>();
        words.add(alternations + " alternations");
        words.add(referrals + " referrals, fewer where a run would take more than " + seconds + " s");
        words.add(unchanged + " unchanged records");
        words.add("ledgers of " + fewItems + " and " + manyItems + " items");
        words.add("an outage of " + outage + " changes");
        return String.join("; ", words);
    }
}
