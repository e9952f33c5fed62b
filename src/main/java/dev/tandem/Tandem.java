package dev.tandem;

import dev.tandem.cli.CleanStop;
import dev.tandem.cli.Cli;
import dev.tandem.cli.Surroundings;
import dev.tandem.ops.LocalOperations;
import java.time.Duration;

/** Entry point of {@code java -jar tandem.jar COMMAND}. */
public final class Tandem {
    /** Kubernetes kills a minute after it has asked, as our manifests set it. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(50);

    private Tandem() {}

    public static void main(String[] arguments) {
        CleanStop stop = new CleanStop(STOP_WITHIN);
        Cli cli = new Cli(LocalOperations::open, Surroundings.ofProcess(stop));
        stop.exitAfter(() -> cli.execute(arguments));
    }
}
