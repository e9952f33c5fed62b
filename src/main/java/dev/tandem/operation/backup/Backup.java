package dev.tandem.operation.backup;

import dev.tandem.files.OwnerOnly;
import dev.tandem.files.PathFault;
import dev.tandem.operation.report.BackupReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.PayloadKey;
import dev.tandem.settings.Settings;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Encrypts a copy of the embedded database into a file. */
public final class Backup {
    private final Settings settings;
    private final Optional<char[]> passphrase;
    private final Set<Path> unfinished = ConcurrentHashMap.newKeySet();
    private volatile boolean whole;

    /** @param passphrase what opens the file; without, the payload key does */
    public Backup(Settings settings, Optional<char[]> passphrase) {
        this.settings = settings;
        this.passphrase = passphrase;
    }

    /**
     * Writes the file; an existing one is left alone.
     *
     * @param copied makes the copy: in this process, or in the service that has the database open
     */
    public BackupReport into(Path file, Supplier<BackupReport> copied) {
        Path target = file.toAbsolutePath();
        try {
            OwnerOnly.createFile(target);
        } catch (IOException e) {
            throw failed(PathFault.notMade(file, e));
        }
        unfinished.add(target);
        try {
            BackupReport copy = copied.get();
            Path plain = Path.of(copy.file());
            unfinished.add(plain);
            seal(plain, copy, target);
            Files.delete(plain);
            whole = true;
            unfinished.clear();
            return new BackupReport(target.toString(), copy.at(), copy.newest(), warning());
        } catch (IOException e) {
            throw failed(PathFault.notWritten(file, e));
        } finally {
            abandon();
        }
    }

    private void seal(Path plain, BackupReport copy, Path target) throws IOException {
        PayloadKey payloadKey = settings.payload().obtain(warning -> {});
        BackupFile.Key key = passphrase
                .<BackupFile.Key>map(BackupFile.Key.Passphrase::new)
                .orElseGet(() -> new BackupFile.Key.Payload(payloadKey.bytes()));
        try (DataOutputStream to = new DataOutputStream(BackupFile.sealing(
                new BufferedOutputStream(
                        Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.DSYNC), 1 << 20),
                key))) {
            new BackupFile.About(
                            "tandem",
                            copy.at().toEpochMilli(),
                            copy.newest().map(Instant::toEpochMilli).orElse(0L),
                            passphrase.map(words -> payloadKey.base64()))
                    .write(to);
            Files.copy(plain, to);
        }
    }

    private Optional<String> warning() {
        return passphrase.isPresent()
                ? Optional.empty()
                : Optional.of("Only the payload key opens it ("
                        + (settings.payload().key().isPresent()
                                ? "tandem.payload.key"
                                : "the file .payload-key beside the database")
                        + "): keep a copy of that key elsewhere, or back up with a passphrase.");
    }

    /** Takes away what is not whole. @return whether there is no backup */
    public boolean abandon() {
        unfinished.forEach(Backup::remove);
        return !whole;
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // It is not whole, and restore says so.
        }
    }

    private static OperationFailed failed(String why) {
        return new OperationFailed(OperationFailed.WRONG, List.of(why));
    }
}
