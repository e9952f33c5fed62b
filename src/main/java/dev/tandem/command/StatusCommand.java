package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.StatusReport;
import picocli.CommandLine.Command;

@Command(name = "status", description = "Shows flows, cursors, gates, the backlog, and what is waiting or parked.")
final class StatusCommand extends ReportCommand {
    @Override
    public Integer call() {
        return report(Operations::status, StatusReport::text);
    }
}
