package dev.tandem.command;

import dev.tandem.operation.Operations;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "init",
        description = "Checks settings and both systems, and makes the ledger. One that is there is left alone.")
final class InitCommand implements Callable<Integer> {
    private final TandemCommand tandem;

    @ArgGroup(multiplicity = "1")
    private InitOption birth;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    InitCommand(TandemCommand tandem) {
        this.tandem = tandem;
    }

    @Override
    public Integer call() {
        try (Operations operations = tandem.openQuietly()) {
            tandem.print(operations.init(birth.birth()), json, InitText::lines);
            return 0;
        }
    }
}
