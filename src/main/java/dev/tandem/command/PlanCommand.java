package dev.tandem.command;

import dev.tandem.command.terminal.SpreadsheetFile;
import dev.tandem.command.terminal.Typed;
import dev.tandem.files.PathFault;
import dev.tandem.operation.EditPlanning;
import dev.tandem.operation.report.EditPlanReport;
import dev.tandem.operation.report.PlanReport;
import dev.tandem.operation.request.EditPlanRequest;
import dev.tandem.operation.request.PlanRequest;
import dev.tandem.operation.run.Progress;
import dev.tandem.outcome.OperationFailed;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

@Command(
        name = "plan",
        description =
                "Like sync, but writes nothing anywhere: prints what would be sent. Without a ledger: what init with the"
                        + " same option and the first sync would do (default: --since now).")
final class PlanCommand extends ReportCommand {
    @ArgGroup
    private InitOptions origin;

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

    @Option(names = "--details", description = "Also name each call, with its fields.")
    private boolean details;

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write each call with its fields to this new file, which only you may read.")
    private Optional<Path> csv;

    @Option(names = "--show-values", description = "Show the values that would be sent: personal data.")
    private boolean showValues;

    private volatile SpreadsheetFile table = SpreadsheetFile.create(Optional.empty());

    @Override
    String cutShort() {
        table.close();
        return "Nothing was sent or changed. Half a plan says nothing: none is reported.";
    }

    @Override
    public Integer call() {
        Progress progress = tandem().progress(json, Progress.NONE);
        if (routes.isPresent() || mappings.isPresent()) {
            if (origin != null || details || csv.isPresent()) {
                throw new ParameterException(
                        spec().commandLine(),
                        "--routes and --mappings show what an edit changes: not with --since, --adopt, --recover, --details"
                                + " or --csv");
            }
            OperationFailed.refuse(routes.flatMap(PathFault::ofDirectory));
            OperationFailed.refuse(mappings.flatMap(PathFault::ofDirectory));
            EditPlanRequest edit = new EditPlanRequest(routes, mappings, flow, showValues);
            return print(EditPlanning.compare(tandem().settings(), edit, progress), EditPlanReport::text);
        }
        PlanRequest request =
                new PlanRequest(Optional.ofNullable(origin).map(InitOptions::request), flow, full, showValues);
        try (SpreadsheetFile opened = SpreadsheetFile.create(csv)) {
            table = opened;
            return report(
                    operations -> {
                        PlanReport plan = operations.plan(request, progress);
                        table.write(plan::rows);
                        return plan;
                    },
                    plan -> plan.text(details));
        }
    }
}
