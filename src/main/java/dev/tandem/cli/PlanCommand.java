package dev.tandem.cli;

import dev.tandem.ops.Operations;
import dev.tandem.ops.PlanReport;
import dev.tandem.ops.PlanRequest;
import dev.tandem.ops.Progress;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = "As sync, but writes nothing anywhere: prints what would be sent. Without a ledger, as if"
                + " 'init --since' now had been said.")
final class PlanCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Option(
            names = "--flow",
            paramLabel = "F",
            converter = Names.AFlow.class,
            description = "Only primero-to-oscar, or only oscar-to-primero.")
    private String flow;

    @Option(names = "--full", description = "As if everything were read.")
    private boolean full;

    @Option(names = "--show-values", description = "Show the values that would be sent: personal data.")
    private boolean showValues;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PlanCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.openQuietly()) {
            Progress progress =
                    tandem.surroundings().terminal() && !json ? new ProgressOnTerminal(System.err) : Progress.NONE;
            PlanReport report = operations.plan(new PlanRequest(Optional.ofNullable(flow), full, showValues), progress);
            tandem.print(report, json, PlanText::lines);
            return report.exitCode();
        }
    }
}
