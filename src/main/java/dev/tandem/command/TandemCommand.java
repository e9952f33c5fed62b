package dev.tandem.command;

import dev.tandem.json.ReportJson;
import dev.tandem.operation.Operations;
import dev.tandem.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "tandem",
        description = "Keeps Primero and OSCaR in step. Without a command: run.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a defect in Tandem, or a stop that took too long",
            "2:wrong usage or settings, or no ledger (init: one already)",
            "3:something is parked or in conflict",
            "4:a system or the database is unreachable or refused the login, or work is left pending"
        })
final class TandemCommand implements Callable<Integer> {
    private final Cli cli;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The settings file; else application.properties here or in config/.")
    private Path settings;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Write the log of a short command too (standard error).")
    private boolean verbose;

    TandemCommand(Cli cli) {
        this.cli = cli;
    }

    @Override
    public Integer call() {
        return new RunCommand(this).call();
    }

    /** What the service works with. */
    Operations open() {
        return cli.open(Optional.ofNullable(settings));
    }

    /** What a command works with that prints a report and ends. */
    Operations openQuietly() {
        if (!verbose) {
            surroundings().quiet().run();
        }
        return open();
    }

    /** The settings alone: nothing is opened. */
    Settings settings() {
        surroundings().quiet().run();
        return cli.read(Optional.ofNullable(settings)).settings();
    }

    Surroundings surroundings() {
        return cli.surroundings();
    }

    void print(List<String> lines) {
        PrintWriter out = surroundings().out();
        lines.forEach(out::println);
    }

    <R> void print(R report, boolean json, Function<R, List<String>> text) {
        print(json ? List.of(ReportJson.pretty(report)) : text.apply(report));
    }
}
