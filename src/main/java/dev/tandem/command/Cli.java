package dev.tandem.command;

import dev.tandem.command.terminal.Surroundings;
import dev.tandem.command.terminal.Typed;
import dev.tandem.database.LedgerDatabase;
import dev.tandem.operation.Operations;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Loaded;
import dev.tandem.settings.SettingsReader;
import dev.tandem.settings.WrongSettings;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line of Tandem. */
public final class Cli {
    /** A defect of ours: the log has the details. */
    static final int DEFECT = 1;

    private final Function<Loaded, Operations> open;
    private final Surroundings surroundings;

    /**
     * A command line.
     *
     * @param open makes what the commands work with, from settings that are right; its warnings are printed already
     */
    public Cli(Function<Loaded, Operations> open, Surroundings surroundings) {
        this.open = open;
        this.surroundings = surroundings;
    }

    /** Does one command and returns its exit code. */
    public int execute(String... arguments) {
        int code = commandLine().execute(arguments);
        surroundings.out().flush();
        surroundings.err().flush();
        return code;
    }

    CommandLine commandLine() {
        return new CommandLine(new TandemCommand(this))
                .registerConverter(Instant.class, Typed::moment)
                .registerConverter(Duration.class, Typed::duration)
                .registerConverter(Path.class, Typed::path)
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setExecutionStrategy(this::execute)
                .setParameterExceptionHandler((wrong, arguments) -> wrongUsage(wrong))
                .setExecutionExceptionHandler((failed, command, parsed) -> failed(failed));
    }

    Operations open(Optional<Path> settingsFile) {
        return open.apply(read(settingsFile));
    }

    Loaded read(Optional<Path> settingsFile) {
        Loaded loaded = SettingsReader.read(settingsFile, surroundings.environment(), surroundings.workingDirectory());
        loaded.warnings().forEach(warning -> surroundings.err().println("Warning: " + warning));
        return loaded;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    private int execute(ParseResult typed) {
        List<CommandLine> named = typed.asCommandLineList();
        if (named.get(named.size() - 1).getCommand() instanceof ReportCommand command) {
            surroundings.ifCutShort().accept(() -> {
                if (surroundings.terminal()) {
                    // Below what was drawn.
                    surroundings.err().println();
                }
                surroundings.err().println("Stopped before it was done. " + command.cutShort());
                surroundings.err().flush();
            });
        }
        return new RunLast().execute(typed);
    }

    private int wrongUsage(ParameterException wrong) {
        PrintWriter err = surroundings.err();
        err.println(wrong.getMessage());
        UnmatchedArgumentException.printSuggestions(wrong, err);
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !wrong.getCommandLine().getSubcommands().isEmpty()) {
            err.println("The commands are: "
                    + String.join(", ", wrong.getCommandLine().getSubcommands().keySet()) + ".");
        }
        err.println("Try '" + wrong.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return OperationFailed.WRONG;
    }

    private int failed(Exception failed) {
        PrintWriter err = surroundings.err();
        if (failed instanceof WrongSettings) {
            err.println(failed.getMessage());
            return OperationFailed.WRONG;
        }
        Optional<OperationFailed> understood =
                failed instanceof OperationFailed operation ? Optional.of(operation) : LedgerDatabase.lost(failed);
        if (understood.isPresent()) {
            err.println(surroundings.time().exactIn(understood.get().getMessage()));
            return understood.get().exitCode();
        }
        err.println("This is a defect in Tandem (" + failed.getClass().getSimpleName() + "); the log says where.");
        LoggerFactory.getLogger(Cli.class).error("A command failed", withoutWords(failed));
        return DEFECT;
    }

    /** A message of a library may quote a record. Where it happened is what helps, and that has no personal data. */
    private static Throwable withoutWords(Throwable failed) {
        Throwable cause = failed.getCause();
        Throwable bare = new Exception(failed.getClass().getName(), cause == null ? null : withoutWords(cause));
        bare.setStackTrace(failed.getStackTrace());
        return bare;
    }
}
