package dev.tandem.command;

import dev.tandem.operation.report.InitReport;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

@Command(
        name = "init",
        description = "Checks settings and both systems, and creates the ledger. Leaves an existing ledger alone.")
final class InitCommand extends ReportCommand {
    @ArgGroup(multiplicity = "1")
    private InitOptions origin;

    @Override
    String cutShort() {
        return "If `tandem status` finds no ledger, type the same again.";
    }

    @Override
    public Integer call() {
        return report(operations -> operations.init(origin.request()), InitReport::text);
    }
}
