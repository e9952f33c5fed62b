package dev.tandem.command.terminal;

import dev.tandem.files.PathFault;
import dev.tandem.outcome.OperationFailed;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A passphrase, in a file or typed, never an argument: others on the machine see those. */
public final class PassphraseOption {
    private static final int LEAST = 12;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "The passphrase, as the only content of this file.")
    private Optional<Path> file;

    public Optional<char[]> inFile() {
        return file.map(path -> {
            OperationFailed.refuse(PathFault.ofFile(path).map(fault -> fault + " It is to hold the passphrase."));
            try {
                return checked(
                        Files.readString(path, StandardCharsets.UTF_8).strip().toCharArray());
            } catch (IOException unreadable) {
                throw failed(path + " cannot be read: it is to hold the passphrase.");
            }
        });
    }

    @SuppressWarnings("SystemConsoleNull") // where nobody types there is none, or one that answers nothing
    public static char[] typed(String prompt) {
        Console console = System.console();
        char[] typed = console == null ? null : console.readPassword("%s (not shown): ", prompt);
        if (typed == null) {
            throw failed("A passphrase is needed: name a file that holds it with --passphrase-file.");
        }
        return checked(typed);
    }

    private static char[] checked(char[] passphrase) {
        if (passphrase.length < LEAST) {
            throw failed("A passphrase has " + LEAST + " characters or more.");
        }
        return passphrase;
    }

    private static OperationFailed failed(String why) {
        return new OperationFailed(OperationFailed.WRONG, List.of(why));
    }
}
