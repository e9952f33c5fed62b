package dev.tandem.bench;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Sweep and delivery of cases with one referral each, beside a bare client that makes the same calls. */
final class Delivery implements Part {
    private static final List<Integer> LATENCIES = List.of(0, 20, 100);
    private static final List<Integer> CALLS_AT_ONCE = List.of(1, 8, 32);
    private static final double OF_THE_BARE_CLIENT = 0.9;
    /** The case, its referrals, and the upsert. */
    private static final double CALLS_PER_RECORD = 3;
    /** What a machine such as this one delivers without any latency; only to size the runs. */
    private static final double MOST_A_SECOND = 500;

    @Override
    public void measure(Options options, Results results) throws Exception {
        int enoughToWarmUp = Math.min(1_500, options.referrals());
        for (int i = 0; i < 2; i++) {
            warmUp(enoughToWarmUp);
        }
        for (int latency : LATENCIES) {
            for (int callsAtOnce : CALLS_AT_ONCE) {
                measure(options, results, Duration.ofMillis(latency), callsAtOnce);
            }
        }
    }

    private static void warmUp(int referrals) throws Exception {
        List<String> pages = pagesOf(referrals);
        try (RemoteWorld world = new RemoteWorld().limits(8)) {
            world.referrals(referrals);
            new BareClient(world, 8).deliver(pages);
        }
    }

    private static void measure(Options options, Results results, Duration latency, int callsAtOnce) throws Exception {
        int referrals = fitting(options, latency, callsAtOnce);
        double[] callsEach = new double[1];
        List<String> pages = pagesOf(referrals);
        Alternating rates = Alternating.of(
                options.alternations(),
                () -> {
                    try (RemoteWorld world =
                            new RemoteWorld().limits(callsAtOnce).settled()) {
                        List<String> ids = world.referrals(referrals);
                        world.away(latency);
                        double seconds = TandemRun.of(world.bench, false).seconds();
                        check(world, referrals);
                        callsEach[0] = world.callsAbout(ids) / (double) referrals;
                        return referrals / seconds;
                    }
                },
                () -> {
                    try (RemoteWorld world = new RemoteWorld().limits(callsAtOnce)) {
                        world.referrals(referrals);
                        world.away(latency);
                        double seconds = new BareClient(world, callsAtOnce).deliver(pages);
                        // It may miss a case on the edge of two pages, whose created_at another shares: what arrives
                        // counts.
                        return world.referralsArrived() / seconds;
                    }
                });
        String what = String.format(
                Locale.ROOT,
                "%d ms away, %d call%s at once, %,d referrals",
                latency.toMillis(),
                callsAtOnce,
                callsAtOnce == 1 ? "" : "s",
                referrals);
        results.add(Result.beside("delivery", what, "records/s", rates.tandem, "bare client", rates.other)
                .goal("at least 0.90", ratio -> ratio >= OF_THE_BARE_CLIENT));
        results.add(Result.alone("calls", "calls per delivered record, " + what, "calls", Samples.of(callsEach[0]))
                .goal("3, the least the contracts allow", calls -> calls <= CALLS_PER_RECORD + 0.01));
    }

    /** The bare client reads the pages that Tandem reads of so many cases. */
    private static List<String> pagesOf(int referrals) throws Exception {
        try (RemoteWorld world = new RemoteWorld().limits(8).settled()) {
            world.referrals(referrals);
            int before = world.pagesAsked().size();
            TandemRun.of(world.bench, false);
            List<String> all = world.pagesAsked();
            return all.subList(before, all.size());
        }
    }

    /** As many as the time allows: at most so many calls can be under way to Primero, two of each record's three. */
    private static int fitting(Options options, Duration latency, int callsAtOnce) {
        double most = latency.isZero() ? MOST_A_SECOND : callsAtOnce * 1e3 / (2 * latency.toMillis());
        double fit = Math.min(most, MOST_A_SECOND) * options.seconds();
        return (int) Math.max(25, Math.min(options.referrals(), fit));
    }

    private static void check(RemoteWorld world, int referrals) {
        if (world.referralsArrived() != referrals) {
            throw new IllegalStateException(world.referralsArrived() + " of " + referrals + " referrals arrived");
        }
    }
}
