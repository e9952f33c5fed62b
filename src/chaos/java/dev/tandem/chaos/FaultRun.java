package dev.tandem.chaos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command: see docs/develop/fault-run.md. Ends with 1 if anything was lost, doubled without need, or stands wrong. */
@Command(
        name = "fault-run",
        mixinStandardHelpOptions = true,
        description = "Tries to make Tandem lose or double a referral, and says whether it did.")
public final class FaultRun implements Callable<Integer> {
    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "The same seed tells the same history with the same faults.")
    private long seed;

    @Option(names = "--records", defaultValue = "200", description = "Children; an even number.")
    private int records;

    @Option(names = "--faults", defaultValue = "40", description = "How many faults strike.")
    private int faults;

    @Option(names = "--database", defaultValue = "h2", description = "h2 or postgresql.")
    private StoreKind database;

    @Option(names = "--replicas", defaultValue = "1", description = "On H2 always 1.")
    private int replicas;

    @Option(names = "--protocol", defaultValue = "both", description = "schedule, webhook or both.")
    private Plan.Protocol protocol;

    @Option(names = "--pace", defaultValue = "60", description = "Milliseconds between two acts, on average.")
    private int pace;

    @Option(names = "--mutations", description = "Checks the checker: each of some broken rules must be found.")
    private boolean mutations;

    @Option(names = "--only", split = ",", description = "With --mutations: these.")
    private List<String> only = List.of();

    @Option(
            names = "--shrink",
            description =
                    "After a failure, or a broken rule that was found: looks for the shortest beginning of the history"
                            + " that fails.")
    private boolean shrink;

    public static void main(String[] arguments) {
        System.exit(command().execute(arguments));
    }

    private static CommandLine command() {
        return new CommandLine(new FaultRun()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() {
        if (mutations) {
            return Mutations.run(only, pace, shrink) ? 0 : 1;
        }
        Plan plan = Plan.of(
                seed, records + records % 2, faults, database, database == StoreKind.H2 ? 1 : replicas, protocol);
        Path directory = Path.of("target", "chaos", plan.name());
        Run.Outcome outcome = Run.of(plan, directory, pace, Optional.empty());
        System.out.println(Report.of(outcome));
        Stage.write(directory.resolveSibling(plan.name() + ".svg"), Picture.of(outcome));
        if (outcome.findings().sound()) {
            return 0;
        }
        if (shrink) {
            Shrinking.of(plan, directory, pace, Optional.empty());
        }
        return 1;
    }
}
