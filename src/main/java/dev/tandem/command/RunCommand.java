package dev.tandem.command;

import dev.tandem.operation.Operations;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "run", description = "The service, until it is told to stop (SIGTERM, Ctrl-C); then exit code 0.")
final class RunCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    RunCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.open()) {
            tandem.surroundings().onSignal().accept(operations::stop);
            return operations.run();
        }
    }
}
