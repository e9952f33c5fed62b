package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.Progress;
import dev.tandem.operation.SyncRequest;
import dev.tandem.operation.report.SyncReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "sync", description = "Reads what changed in both systems, brings it to the other, reports, and ends.")
final class SyncCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Option(
            names = "--flow",
            paramLabel = "F",
            converter = Names.AFlow.class,
            description = "Only this flow, such as primero-to-oscar.")
    private String flow;

    @ArgGroup
    private Extent extent;

    @Option(
            names = "--wait",
            paramLabel = "D",
            defaultValue = "60s",
            converter = Moments.ADuration.class,
            description = "How long to wait for what is pending (${DEFAULT-VALUE}); what is left then is reported.")
    private Duration patience;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    /** At most one of two. */
    private static final class Extent {
        @Option(names = "--full", required = true, description = "Read everything.")
        private boolean full;

        @Option(
                names = "--since",
                paramLabel = "T",
                required = true,
                converter = Moments.AMoment.class,
                description = "Read again what changed from T on. What is owed stays the same.")
        private Instant since;
    }

    SyncCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        Optional<Extent> asked = Optional.ofNullable(extent);
        SyncRequest request = new SyncRequest(
                Optional.ofNullable(flow),
                asked.map(which -> which.full).orElse(false),
                asked.map(which -> which.since),
                patience);
        try (Operations operations = tandem.openQuietly()) {
            SyncReport report = operations.sync(request, progress());
            tandem.print(report, json, SyncText::lines);
            return report.exitCode();
        }
    }

    private Progress progress() {
        return tandem.surroundings().terminal() && !json
                ? new ProgressOnTerminal(System.err)
                : new WaitingInLines(System.err);
    }
}
