package dev.tandem.command;

import dev.tandem.command.terminal.Typed;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.operation.run.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sync",
        description = "Reads what changed in both systems, sends it to the other system, reports, and ends.")
final class SyncCommand extends ReportCommand {
    @Option(
            names = "--flow",
            paramLabel = "F",
            converter = Typed.AFlow.class,
            description = "Only this flow, such as primero-to-oscar.")
    private Optional<String> flow;

    @ArgGroup
    private Extent extent = new Extent();

    @Option(
            names = "--wait",
            paramLabel = "D",
            defaultValue = "60s",
            description =
                    "How long to wait for pending work (default ${DEFAULT-VALUE}). The report lists what is left.")
    private Duration patience;

    /** At most one of two. */
    private static final class Extent {
        @Option(names = "--full", required = true, description = "Read everything.")
        private boolean full;

        @Option(
                names = "--since",
                paramLabel = "T",
                required = true,
                description = "Read again what changed from T on; what was sent is not sent again.")
        private Instant since;
    }

    @Override
    String cutShort() {
        return "What was sent is in the ledger and is not sent again. What was in work is taken up by the next sync or the"
                + " service, at the latest after tandem.lease. If a running service did it, it goes on there.";
    }

    @Override
    public Integer call() {
        SyncRequest request = new SyncRequest(flow, extent.full, Optional.ofNullable(extent.since), patience);
        return report(
                operations -> operations.sync(request, tandem().progress(json, SyncCommand::inLines)),
                SyncReport::text);
    }

    /** Where there is no terminal to draw on: nothing but a line when the sync waits for another process. */
    private static void inLines(String step, long expected) {
        if (step.startsWith(Progress.WAITING)) {
            System.err.println(Character.toUpperCase(step.charAt(0)) + step.substring(1) + " ...");
        }
    }
}
