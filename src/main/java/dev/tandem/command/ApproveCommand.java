package dev.tandem.command;

import dev.tandem.operation.Operation;
import dev.tandem.operation.report.ApproveReport;
import picocli.CommandLine.Command;

@Command(
        name = "approve",
        description =
                "Releases what the brake holds: the rest of a first sync, or of an edit, that writes to more records than"
                        + " tandem.brake. `status` lists it.")
final class ApproveCommand extends ReportCommand {
    @Override
    String cutShort() {
        return LEFT;
    }

    @Override
    public Integer call() {
        return report(operations -> operations.ask(Operation.APPROVE, new Operation.Approval(BY)), ApproveReport::text);
    }
}
