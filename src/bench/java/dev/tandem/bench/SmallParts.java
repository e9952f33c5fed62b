package dev.tandem.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** What one record costs in the parts that compute, by JMH, in processes of its own: warm, and the first time. */
final class SmallParts implements Part {
    @Override
    public void measure(Options options, Results results) throws Exception {
        var warm = new OptionsBuilder()
                .include(PerRecord.class.getName())
                .mode(Mode.AverageTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .warmupIterations(3)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(5)
                .measurementTime(TimeValue.seconds(1))
                .forks(1)
                .build();
        add(results, "warm", new Runner(warm).run());
        var cold = new OptionsBuilder()
                .include(PerRecord.class.getName())
                .mode(Mode.SingleShotTime)
                .timeUnit(TimeUnit.MICROSECONDS)
                .warmupIterations(0)
                .measurementIterations(1)
                .forks(5)
                .build();
        add(results, "first in a JVM", new Runner(cold).run());
    }

    private static void add(Results results, String state, Collection<RunResult> runs) {
        for (RunResult run : runs) {
            double[] values = run.getBenchmarkResults().stream()
                    .flatMap(one -> one.getIterationResults().stream())
                    .mapToDouble(one -> one.getPrimaryResult().getScore())
                    .toArray();
            String name = run.getParams().getBenchmark();
            String what = name.substring(name.lastIndexOf('.') + 1)
                    .replaceAll("([A-Z])", " $1")
                    .toLowerCase(Locale.ROOT);
            results.add(Result.alone("small", what + ", " + state, "µs", Samples.of(values)));
        }
    }
}
