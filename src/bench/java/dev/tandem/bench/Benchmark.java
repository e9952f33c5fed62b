package dev.tandem.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares Tandem with a bare client in the same run, says where the time goes, and draws it: {@code mvn -q -Pbench}. What
 * it finds lies under {@code target/bench} afterwards. How to read it: {@code docs/develop/performance.md}.
 */
public final class Benchmark {
    private static final Map<String, Part> PARTS = new LinkedHashMap<>();

    static {
        PARTS.put("ledger", new LedgerRates());
        PARTS.put("unchanged", new Unchanged());
        PARTS.put("delivery", new Delivery());
        PARTS.put("profile", (options, results) -> results.timeGoes(TimeGoes.during(options)));
        PARTS.put("events", new EventRates());
        PARTS.put("effect", new EventToEffect());
        PARTS.put("start", Starts::ready);
        PARTS.put("memory", Starts::memory);
        PARTS.put("outage", Starts::outage);
        PARTS.put("compare", new Comparing());
        PARTS.put("large", new LargeLedger());
        PARTS.put("small", new SmallParts());
    }

    private Benchmark() {}

    public static void main(String[] args) throws Exception {
        List<String> words = Arrays.stream(args)
                .flatMap(arg -> Arrays.stream(arg.trim().split("\\s+")))
                .filter(word -> !word.isEmpty())
                .toList();
        Options options;
        try {
            options = Options.of(words);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        String machine = Machine.inWords();
        System.out.println(machine);
        Results results = new Results();
        for (Map.Entry<String, Part> part : PARTS.entrySet()) {
            if (options.wants(part.getKey())) {
                part.getValue().measure(options, results);
                write(options.directory(), results, machine, options);
            }
        }
        System.out.println("Written: " + options.directory().resolve("results.md") + " and the plots beside it");
        // PostgreSQL and the simulators leave threads of their own behind.
        System.exit(0);
    }

    /** After each part, so that a run that is cut short has written what it knows. */
    private static void write(Path directory, Results results, String machine, Options options) throws Exception {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("results.md"), Table.of(results, machine, options));
        Files.writeString(directory.resolve("delivery.svg"), Plot.of("Sweep and delivery", "delivery", results));
        Files.writeString(directory.resolve("ledger.svg"), Plot.of("The ledger", "ledger", results));
    }
}
