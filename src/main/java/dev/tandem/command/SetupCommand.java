package dev.tandem.command;

import dev.tandem.files.PathFault;
import dev.tandem.operation.Validation;
import dev.tandem.operation.report.SetupReport;
import dev.tandem.operation.report.ValidationReport;
import dev.tandem.operation.setup.Dialog;
import dev.tandem.operation.setup.Setup;
import dev.tandem.operation.setup.SetupFiles;
import dev.tandem.outcome.OperationFailed;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "setup",
        description =
                "Asks for addresses, accounts and schedules, tests each answer, and writes application.properties and a"
                        + " file for each secret. Without a terminal: by the options.")
final class SetupCommand extends ReportCommand {
    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting, such as tandem.primero.url=https://primero.example.org. Not asked for then.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--secret",
            paramLabel = "NAME=FILE",
            description = "A secret setting, such as tandem.primero.password=FILE: what is in this file.")
    private Map<String, Path> secretFiles = new LinkedHashMap<>();

    @Option(names = "--no-questions", description = "Ask nothing, also at a terminal.")
    private boolean noQuestions;

    @Option(names = "--offline", description = "Call neither system nor database.")
    private boolean offline;

    @Option(
            names = "--replace",
            description =
                    "Replace a settings file that sets something. The one before is kept, with .before at its end.")
    private boolean replace;

    @Override
    String cutShort() {
        return "The settings are written last, each file whole: `tandem validate` says whether they are there.";
    }

    @Override
    public Integer call() {
        Dialog dialog = tandem().terminal() && !noQuestions && !json ? new Typing(tandem().err()) : Dialog.NOBODY;
        Path file = tandem().settingsFile();
        SetupReport written = new Setup(dialog, new SetupFiles(file, replace), offline).run(values, secrets());
        // Nothing that was written is wrong later: read as the service reads it, with this environment.
        ValidationReport valid = Validation.validate(tandem().settings(file));
        if (!json) {
            print(valid, ValidationReport::text);
        }
        print(written, SetupReport::text);
        return valid.exitCode();
    }

    private Map<String, String> secrets() {
        Map<String, String> secrets = new LinkedHashMap<>();
        secretFiles.forEach((setting, file) -> {
            OperationFailed.refuse(PathFault.ofFile(file).map(fault -> "--secret " + setting + ": " + fault));
            try {
                secrets.put(
                        setting, Files.readString(file, StandardCharsets.UTF_8).strip());
            } catch (IOException unreadable) {
                throw new OperationFailed(
                        OperationFailed.WRONG,
                        List.of(file + " (--secret " + setting + ") cannot be read: save it as UTF-8."));
            }
        });
        return secrets;
    }

    /** At the terminal. */
    private record Typing(PrintWriter err) implements Dialog {
        @Override
        public Optional<String> ask(String question) {
            return Optional.ofNullable(console().readLine("%s: ", question));
        }

        @Override
        public Optional<String> askSecretly(String question) {
            char[] typed = console().readPassword("%s (not shown): ", question);
            return Optional.ofNullable(typed).map(String::new);
        }

        @Override
        public void say(String sentence) {
            err.println(sentence);
        }

        @SuppressWarnings("SystemConsoleNull") // whoever comes here is at a terminal
        private static Console console() {
            return System.console();
        }
    }
}
