package dev.tandem.command;

import dev.tandem.command.terminal.ProgressOnTerminal;
import dev.tandem.command.terminal.Surroundings;
import dev.tandem.json.ReportJson;
import dev.tandem.operation.Operations;
import dev.tandem.operation.report.ReportText;
import dev.tandem.operation.run.Progress;
import dev.tandem.settings.Release;
import dev.tandem.settings.Settings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "tandem",
        description = "Keeps Primero and OSCaR in step. Without a command: run.",
        mixinStandardHelpOptions = true,
        versionProvider = TandemCommand.Version.class,
        scope = ScopeType.INHERIT,
        subcommands = {
            InitCommand.class,
            RunCommand.class,
            SyncCommand.class,
            PlanCommand.class,
            DoctorCommand.class,
            CompareCommand.class,
            ValidateCommand.class,
            StatusCommand.class,
            ReopenCommand.class,
            ApproveCommand.class,
            DeadLettersCommand.class,
            LinkCommand.class,
            UnlinkCommand.class,
            ForgetCommand.class,
            BackupCommand.class,
            RestoreCommand.class,
            SetupCommand.class,
            UpgradeCheckCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:a defect in Tandem, or a stop that took too long",
            "2:wrong usage or settings, or no ledger (init: one already)",
            "3:something is parked or in conflict (doctor: a fault; compare: not in step)",
            "4:a system or the database is unreachable or refused the login, or work is left pending",
            "130:stopped by Ctrl-C before it was done; it says what was done and what not (run: 0)",
            "143:the same by SIGTERM"
        })
final class TandemCommand implements Callable<Integer> {
    private final Cli cli;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The settings file. Default: application.properties here or in config/.")
    private Optional<Path> settings;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Also write the log of a short command (standard error).")
    private boolean verbose;

    TandemCommand(Cli cli) {
        this.cli = cli;
    }

    /** The service, until it is told to stop. */
    @Override
    public Integer call() {
        try (Operations operations = cli.open(settings)) {
            cli.surroundings().onSignal().accept(operations::stop);
            return operations.run();
        }
    }

    /** What a command works with that prints a report and ends. */
    Operations openQuietly() {
        if (!verbose) {
            cli.surroundings().quiet().run();
        }
        return cli.open(settings);
    }

    /** The settings alone: nothing is opened. */
    Settings settings() {
        cli.surroundings().quiet().run();
        return cli.read(settings).settings();
    }

    /** Where settings are to be written: as they are looked for. */
    Path settingsFile() {
        if (!verbose) {
            cli.surroundings().quiet().run();
        }
        return settings.or(() -> Optional.ofNullable(
                                cli.surroundings().environment().get("TANDEM_SETTINGS"))
                        .map(Path::of))
                .orElse(cli.surroundings().workingDirectory().resolve("application.properties"));
    }

    Settings settings(Path file) {
        return cli.read(Optional.of(file)).settings();
    }

    boolean terminal() {
        return cli.surroundings().terminal();
    }

    PrintWriter err() {
        return cli.surroundings().err();
    }

    /** For who looks on; else {@code otherwise}. */
    Progress progress(boolean json, Progress otherwise) {
        return cli.surroundings().terminal() && !json ? new ProgressOnTerminal(System.err) : otherwise;
    }

    /** Whether a person says yes. Without a terminal nobody can, and nothing is done. */
    boolean agreed(String question) {
        Surroundings surroundings = cli.surroundings();
        if (!surroundings.terminal()) {
            surroundings.err().println("Nothing was changed. To do it without being asked, add --yes.");
            return false;
        }
        surroundings.out().print(question + " [y/N] ");
        surroundings.out().flush();
        boolean agreed = surroundings.answer().get().strip().matches("(?i)y(es)?");
        if (!agreed) {
            surroundings.err().println("Nothing was changed.");
        }
        return agreed;
    }

    <R> void print(R report, boolean json, Function<R, ReportText> text) {
        List<String> lines = json
                ? List.of(ReportJson.pretty(report))
                : text.apply(report).lines(cli.surroundings().time());
        lines.forEach(cli.surroundings().out()::println);
    }

    /** To people only: what a program reads is the report. */
    void say(String line) {
        cli.surroundings().err().println(line);
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tandem " + Release.version()};
        }
    }
}
