package dev.tandem.command;

import dev.tandem.operation.Validation;
import dev.tandem.operation.report.ValidationReport;
import picocli.CommandLine.Command;

@Command(
        name = "validate",
        description = "Checks settings, routes, mappings, code lists and examples offline, and lists every fault.")
final class ValidateCommand extends ReportCommand {
    @Override
    public Integer call() {
        return print(Validation.validate(tandem().settings()), ValidationReport::text);
    }
}
