package dev.tandem.command;

import dev.tandem.command.terminal.Typed;
import dev.tandem.operation.Operation;
import dev.tandem.operation.report.ReopenReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "reopen",
        description = "Opens the gate of a system that refused the login: one call goes first, then the others.")
final class ReopenCommand extends ReportCommand {
    @Parameters(
            paramLabel = "SYSTEM",
            converter = Typed.ASystem.class,
            description = "The system, such as primero or oscar.")
    private String system;

    @Override
    String cutShort() {
        return LEFT;
    }

    @Override
    public Integer call() {
        return report(
                operations -> operations.ask(Operation.REOPEN, new Operation.BySystem(system)), ReopenReport::text);
    }
}
