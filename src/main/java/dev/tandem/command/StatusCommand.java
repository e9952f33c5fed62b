package dev.tandem.command;

import dev.tandem.operation.Operations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "status", description = "Flows, cursors, gates, backlog, and what is waiting or parked.")
final class StatusCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    StatusCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.openQuietly()) {
            tandem.print(operations.status(), json, StatusText::lines);
            return 0;
        }
    }
}
