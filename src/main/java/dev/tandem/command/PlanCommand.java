package dev.tandem.command;

import dev.tandem.operation.EditPlanRequest;
import dev.tandem.operation.EditPlanning;
import dev.tandem.operation.Operations;
import dev.tandem.operation.PlanRequest;
import dev.tandem.operation.Progress;
import dev.tandem.operation.report.EditPlanReport;
import dev.tandem.operation.report.PlanReport;
import java.nio.file.Path;
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
            description = "Only this flow, such as primero-to-oscar.")
    private String flow;

    @Option(names = "--full", description = "As if everything were read.")
    private boolean full;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description =
                    "Edited routes: what would change for the records that there are (docs/edit/live-editing.md).")
    private Path routes;

    @Option(names = "--mappings", paramLabel = "DIR", description = "Edited mappings, likewise.")
    private Path mappings;

    @Option(names = "--show-values", description = "Show the values that would be sent: personal data.")
    private boolean showValues;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PlanCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        return routes == null && mappings == null ? plan() : planEdit();
    }

    private int planEdit() {
        EditPlanReport report = EditPlanning.compare(
                tandem.settings(),
                new EditPlanRequest(
                        Optional.ofNullable(routes),
                        Optional.ofNullable(mappings),
                        Optional.ofNullable(flow),
                        showValues),
                progress());
        tandem.print(report, json, EditPlanText::lines);
        return report.exitCode();
    }

    private Progress progress() {
        return tandem.surroundings().terminal() && !json ? new ProgressOnTerminal(System.err) : Progress.NONE;
    }

    private int plan() {
        try (Operations operations = tandem.openQuietly()) {
            PlanReport report =
                    operations.plan(new PlanRequest(Optional.ofNullable(flow), full, showValues), progress());
            tandem.print(report, json, PlanText::lines);
            return report.exitCode();
        }
    }
}
