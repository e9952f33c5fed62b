package dev.tandem.command;

import dev.tandem.operation.Operations;
import dev.tandem.operation.report.ReopenReport;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "reopen",
        description = "Opens the gate of a system that refused the login: its calls are made again, one first.")
final class ReopenCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Parameters(paramLabel = "SYSTEM", converter = Names.ASystem.class, description = "Such as primero or oscar.")
    private String system;

    ReopenCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.openQuietly()) {
            ReopenReport report = operations.reopen(system);
            String before = report.closedSince()
                    .map(since -> "is open again; it had been closed since " + since)
                    .orElse("was open already");
            tandem.print(List.of("The gate of " + report.system() + " " + before + "."));
            return 0;
        }
    }
}
