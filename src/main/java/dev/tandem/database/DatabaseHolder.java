package dev.tandem.database;

import dev.tandem.files.OwnerOnly;
import dev.tandem.settings.Database;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Properties;

/**
 * Which process has the embedded database, told to the others by a file beside it: H2 itself says only that it is in use. The file
 * counts only while it is, since a process that was killed leaves it.
 *
 * @param command what it does
 * @param managementPort where it answers, if it is a service
 */
public record DatabaseHolder(
        String ledgerId, long process, String command, Instant since, Optional<Integer> managementPort) {
    private static final String ENDING = ".holder";

    /** This process. */
    public static DatabaseHolder here(String ledgerId, String command, Optional<Integer> managementPort) {
        return new DatabaseHolder(
                ledgerId,
                ProcessHandle.current().pid(),
                command,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                managementPort);
    }

    /** None if no file says it, or one that cannot be read. */
    public static Optional<DatabaseHolder> of(Database database) {
        return database.embeddedFile()
                .map(DatabaseHolder::beside)
                .filter(Files::exists)
                .flatMap(file -> {
                    Properties told = new Properties();
                    try (Reader text = Files.newBufferedReader(file)) {
                        told.load(text);
                        return Optional.of(new DatabaseHolder(
                                told.getProperty("ledger", ""),
                                Long.parseLong(told.getProperty("process", "")),
                                told.getProperty("command", ""),
                                Instant.parse(told.getProperty("since", "")),
                                Optional.ofNullable(told.getProperty("management-port"))
                                        .map(Integer::valueOf)));
                    } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
                        return Optional.empty();
                    }
                });
    }

    /** Tells the others. Nobody depends on it: where it cannot be written, they know less. */
    public void tell(Database database) {
        database.embeddedFile().map(DatabaseHolder::beside).ifPresent(file -> {
            Properties told = new Properties();
            told.setProperty("ledger", ledgerId);
            told.setProperty("process", Long.toString(process));
            told.setProperty("command", command);
            told.setProperty("since", since.toString());
            managementPort.ifPresent(port -> told.setProperty("management-port", port.toString()));
            try {
                create(file);
                try (Writer text = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
                    told.store(text, "The process that has this database. The file means nothing once that has ended.");
                }
            } catch (IOException readOnly) {
                // Then the database cannot be written either, and says so.
            }
        });
    }

    private static void create(Path file) throws IOException {
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException ofOneThatEnded) {
            // Written anew.
        }
    }

    /** It has the database no longer. */
    public void leave(Database database) {
        if (of(database).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(beside(database.embeddedFile().orElseThrow()));
            } catch (IOException left) {
                // It counts only while the database is in use.
            }
        }
    }

    private static Path beside(Path database) {
        return database.resolveSibling(database.getFileName() + ENDING);
    }
}
