package dev.tandem.bench;

import dev.tandem.endtoend.Bench;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import java.time.Duration;
import java.util.Optional;

/** One {@code sync} of a Tandem in this JVM, timed from its first call to the last record at rest. */
final class TandemRun implements Progress {
    private static final String DELIVERY = "settling records";

    private long began;
    private long read;
    private long ended;

    private TandemRun() {}

    /**
     * Runs it, its start not counted.
     *
     * @return how long each half took
     */
    static TandemRun of(Bench bench, boolean full) {
        TandemRun run = new TandemRun();
        try (Operations operations = bench.open()) {
            SyncReport report = operations.sync(
                    new SyncRequest(Optional.empty(), full, Optional.empty(), Duration.ofSeconds(5)), run);
            if (report.exitCode() != 0) {
                throw new IllegalStateException("sync ended with " + report.exitCode() + ": " + report.reasons());
            }
        }
        return run;
    }

    double seconds() {
        return (ended - began) / 1e9;
    }

    double secondsOfReading() {
        return (read - began) / 1e9;
    }

    @Override
    public void begin(String step, long expected) {
        if (began == 0) {
            began = System.nanoTime();
        }
        if (step.equals(DELIVERY)) {
            read = System.nanoTime();
        }
    }

    @Override
    public void reached(long done) {}

    @Override
    public void end() {
        ended = System.nanoTime();
    }
}
