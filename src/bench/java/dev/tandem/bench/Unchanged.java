package dev.tandem.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A full sweep over records that have not changed, beside the raw reading of the same pages. */
final class Unchanged implements Part {
    private static final int CALLS_AT_ONCE = 16;
    /** From page to page; the second is no further than the other end of a country. */
    private static final List<Integer> LATENCIES = List.of(0, 100);

    private static final double OF_RAW_READING = 0.95;

    @Override
    public void measure(Options options, Results results) throws Exception {
        int records = options.unchanged();
        try (RemoteWorld world = new RemoteWorld().limits(CALLS_AT_ONCE).cases(records)) {
            world.bench.adopt();
            TandemRun first = TandemRun.of(world.bench, true);
            results.add(Result.alone(
                    "unchanged",
                    String.format(Locale.ROOT, "%,d records settled the first time", records),
                    "records/s",
                    Samples.of(records / first.seconds())));

            int before = world.pagesAsked().size();
            TandemRun.of(world.bench, true);
            List<String> all = world.pagesAsked();
            List<String> pages = all.subList(before, all.size());
            BareClient bare = new BareClient(world, CALLS_AT_ONCE);
            bare.read(pages);
            for (int latency : LATENCIES) {
                world.away(Duration.ofMillis(latency));
                measure(options, results, world, bare, pages, latency);
            }
        }
    }

    private static void measure(
            Options options, Results results, RemoteWorld world, BareClient bare, List<String> pages, int latency)
            throws Exception {
        int records = options.unchanged();
        long callsBefore = world.calls() - world.pagesAsked().size();
        Alternating rates = Alternating.of(
                options.alternations(),
                () -> records / TandemRun.of(world.bench, true).secondsOfReading(),
                () -> records / bare.read(pages));
        double calls = (world.calls() - world.pagesAsked().size() - callsBefore) / (double) options.alternations();
        String what = String.format(Locale.ROOT, "%d ms away, %,d unchanged records swept", latency, records);
        results.add(Result.beside("unchanged", what, "records/s", rates.tandem, "raw reading", rates.other)
                .goal("at least 0.95", ratio -> ratio >= OF_RAW_READING));
        results.add(Result.alone(
                        "unchanged", "the same: calls beside the pages, of all together", "calls", Samples.of(calls))
                .goal("2: sign-in and feed", most -> most <= 2));
    }
}
