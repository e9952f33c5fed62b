package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.SECRET;

import dev.tandem.files.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The keys under which the ledger keeps payloads.
 *
 * @param key as set; always there on PostgreSQL
 * @param previousKey the one before, while keys are rotated
 * @param previousKeyLost whether there was one that nobody has any more
 * @param database the path of the embedded database without its ending; empty for PostgreSQL and in memory
 */
public record PayloadSettings(
        Optional<PayloadKey> key, Optional<PayloadKey> previousKey, boolean previousKeyLost, Optional<Path> database) {
    private static final String SETTING = "tandem.payload.key";
    private static final String KEY_FILE = ".payload-key";

    /** After those of the database. */
    static PayloadSettings read(Rows rows, Database db) {
        Optional<PayloadKey> key = rows.optional(
                SETTING,
                Type.KEY,
                SECRET,
                "The key with which the ledger encrypts what it keeps of records. Required on PostgreSQL."
                        + " If it is not set on H2, Tandem makes one once, in a file next to the database, and warns.");
        Optional<Optional<PayloadKey>> previous = rows.optional(
                "tandem.payload.previous-key",
                Type.PREVIOUS_KEY,
                SECRET,
                "The previous key, during a rotation. `lost` if nobody has it any more: Tandem then compares each record with"
                        + " the other system anew.");
        return new PayloadSettings(
                key,
                previous.flatMap(known -> known),
                previous.filter(Optional::isEmpty).isPresent(),
                db.embeddedFile());
    }

    /**
     * The key to use. On the embedded database, where none need be set, it is read from the file beside the database, or
     * made there once. To be called before the database is opened: a database without its key is a fault.
     *
     * @param warning told in one sentence when a key is made, and of each file that others may open
     * @throws WrongSettings if there is no key and none may be made
     */
    public PayloadKey obtain(Consumer<String> warning) {
        database.ifPresent(
                path -> List.of(".mv.db", KEY_FILE).forEach(ending -> warnIfOpen(beside(path, ending), warning)));
        if (key.isPresent()) {
            return key.get();
        }
        if (database.isEmpty()) {
            warning.accept("The database is in memory: its payload key lasts no longer than this process.");
            return PayloadKey.random();
        }
        Path file = beside(database.get(), KEY_FILE);
        try {
            return Files.exists(file) ? read(file) : make(file, warning);
        } catch (IOException failed) {
            throw unusable(file);
        }
    }

    /**
     * The key to use, if there is one: none is made.
     *
     * @throws WrongSettings if its file cannot be used
     */
    public Optional<PayloadKey> existing() {
        return key.or(() -> database.map(path -> beside(path, KEY_FILE))
                .filter(Files::exists)
                .map(file -> {
                    try {
                        return read(file);
                    } catch (IOException failed) {
                        throw unusable(file);
                    }
                }));
    }

    private static void warnIfOpen(Path file, Consumer<String> warning) {
        try {
            if (OwnerOnly.isOpenToOthers(file)) {
                warning.accept("Others on this machine may open " + file + ": chmod 600 " + file);
            }
        } catch (IOException unknown) {
            // Whoever opens it says what is wrong.
        }
    }

    private PayloadKey make(Path file, Consumer<String> warning) throws IOException {
        if (Files.exists(beside(database.orElseThrow(), ".mv.db"))) {
            throw wrong(
                    file,
                    "the database is there, but the key made with it is not, so what it keeps cannot be read",
                    "put the file back from the backup, or set " + SETTING + " to the key used so far; if it is lost,"
                            + " write a new one into the file with `openssl rand -base64 32`, and set"
                            + " tandem.payload.previous-key = lost for one start");
        }
        OwnerOnly.createDirectories(file.toAbsolutePath().getParent());
        PayloadKey fresh = PayloadKey.random();
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException anotherProcessWasFirst) {
            return read(file);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(StandardCharsets.US_ASCII.encode(fresh.base64() + "\n"));
            channel.force(true);
        }
        warning.accept("A payload key was made in " + file + ". Keep it with the backup of the database: without it"
                + " what the ledger keeps cannot be read. In production set " + SETTING + " as a secret.");
        return fresh;
    }

    private static PayloadKey read(Path file) throws IOException {
        return PayloadKey.ofBase64(
                        Files.readString(file, StandardCharsets.ISO_8859_1).strip())
                .orElseThrow(() -> wrong(
                        file,
                        "it does not hold a key of 32 bytes in base64",
                        "put it back from the backup; if this database has never been used, delete the file"));
    }

    private static Path beside(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    private static WrongSettings unusable(Path file) {
        return wrong(file, "it cannot be read or written", "check the rights of the directory, or set " + SETTING);
    }

    private static WrongSettings wrong(Path file, String problem, String remedy) {
        return WrongSettings.of(new Fault(file.toString(), SETTING, problem, remedy));
    }
}
