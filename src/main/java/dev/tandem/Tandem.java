package dev.tandem;

import dev.tandem.cli.CleanStop;
import dev.tandem.cli.Cli;
import dev.tandem.cli.Surroundings;
import dev.tandem.ops.OperationFailed;
import dev.tandem.ops.Operations;
import dev.tandem.settings.Loaded;
import java.time.Duration;
import java.util.List;

/** Entry point of {@code java -jar tandem.jar COMMAND}. */
public final class Tandem {
    /** Kubernetes kills a minute after it has asked, as our manifests set it. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(50);

    private Tandem() {}

    public static void main(String[] arguments) {
        CleanStop stop = new CleanStop(STOP_WITHIN);
        Cli cli = new Cli(Tandem::open, Surroundings.ofProcess(stop));
        stop.exitAfter(() -> cli.execute(arguments));
    }

    private static Operations open(Loaded loaded) {
        throw new OperationFailed(
                OperationFailed.WRONG, List.of("The settings are right, but there is no service in this build yet."));
    }
}
