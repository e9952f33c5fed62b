package dev.tandem.command;

import dev.tandem.operation.EditPlanRequest;
import dev.tandem.operation.EditPlanning;
import dev.tandem.operation.PlanRequest;
import dev.tandem.operation.report.EditPlanReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.run.Progress;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = "Like sync, but writes nothing anywhere: prints what would be sent. Without a ledger, as after"
                + " 'init --since now'.")
final class PlanCommand extends ReportCommand {
    @Option(
            names = "--flow",
            paramLabel = "F",
            converter = Typed.AFlow.class,
            description = "Only this flow, such as primero-to-oscar.")
    private Optional<String> flow;

    @Option(names = "--full", description = "Plan as if everything were read.")
    private boolean full;

    @Option(
            names = "--routes",
            paramLabel = "DIR",
            description =
                    "Edited routes: shows what would change for the existing records (docs/edit/live-editing.md).")
    private Optional<Path> routes;

    @Option(names = "--mappings", paramLabel = "DIR", description = "Edited mappings: the same.")
    private Optional<Path> mappings;

    @Option(names = "--show-values", description = "Show the values that would be sent: personal data.")
    private boolean showValues;

    @Override
    public Integer call() {
        Progress progress = tandem().progress(json, Progress.NONE);
        if (routes.isPresent() || mappings.isPresent()) {
            EditPlanRequest edit = new EditPlanRequest(routes, mappings, flow, showValues);
            return print(EditPlanning.compare(tandem().settings(), edit, progress), EditPlanReport::text);
        }
        return report(
                operations -> operations.plan(new PlanRequest(flow, full, showValues), progress), PlanReport::text);
    }
}
