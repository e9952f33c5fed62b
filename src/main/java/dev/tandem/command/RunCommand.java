package dev.tandem.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "run", description = "Runs the service until it is stopped (SIGTERM, Ctrl-C); then exit code 0.")
final class RunCommand implements Callable<Integer> {
    @ParentCommand
    private TandemCommand tandem;

    @Override
    public Integer call() {
        return tandem.call();
    }
}
