package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.ApproveReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "approve",
        description =
                "Lets go what the brake holds: the rest of a first sync, or of an edit, that writes to more records than"
                        + " tandem.brake. `status` lists it.")
final class ApproveCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ApproveCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.openQuietly()) {
            tandem.print(operations.approve(ReasonOption.COMMAND_LINE), json, ApproveCommand::lines);
            return 0;
        }
    }

    private static List<String> lines(ApproveReport report) {
        if (report.approved().isEmpty()) {
            return List.of("Nothing is held.");
        }
        return report.approved().stream()
                .map(one -> "Approved: " + one.what() + ". It had written to " + one.records() + " records; "
                        + one.effects()
                        + " effects had waited since " + one.heldSince()
                        + " and are sent now by a running service, or by the next sync.")
                .toList();
    }
}
