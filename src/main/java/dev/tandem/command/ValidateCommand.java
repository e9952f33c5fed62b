package dev.tandem.command;

import dev.tandem.operation.Validation;
import dev.tandem.operation.report.ValidationReport;
import dev.tandem.outcome.OperationFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        description = "Checks settings, routes, mappings, code lists and examples, offline; lists every fault.")
final class ValidateCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ValidateCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        ValidationReport report = Validation.validate(tandem.settings());
        tandem.print(report, json, ValidateCommand::lines);
        return report.faults().isEmpty() ? 0 : OperationFailed.WRONG;
    }

    private static List<String> lines(ValidationReport report) {
        List<String> lines = new ArrayList<>(report.faults());
        lines.add(
                report.faults().isEmpty()
                        ? "All is well: settings, routes and mappings; " + report.examples() + " examples hold."
                        : report.faults().size() + (report.faults().size() == 1 ? " fault." : " faults."));
        return lines;
    }
}
