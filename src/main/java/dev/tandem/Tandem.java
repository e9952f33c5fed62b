package dev.tandem;

import dev.tandem.command.Cli;
import dev.tandem.command.terminal.CleanStop;
import dev.tandem.command.terminal.Surroundings;
import dev.tandem.console.Console;
import dev.tandem.operation.LocalOperations;
import java.time.Duration;

/** Entry point of {@code java -jar tandem.jar COMMAND}. */
public final class Tandem {
    /** Kubernetes kills a minute after it has asked, as our manifests set it. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(50);

    private Tandem() {}

    public static void main(String[] arguments) {
        CleanStop stop = new CleanStop(STOP_WITHIN);
        Cli cli = new Cli(loaded -> LocalOperations.open(loaded, new Console()), Surroundings.ofProcess(stop));
        stop.exitAfter(() -> cli.execute(arguments));
    }
}
