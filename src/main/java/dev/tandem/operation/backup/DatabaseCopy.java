package dev.tandem.operation.backup;

import dev.tandem.files.OwnerOnly;
import dev.tandem.files.PathFault;
import dev.tandem.ledger.Ledger;
import dev.tandem.operation.report.BackupReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A copy of the embedded database as of one moment, made by the process that has it open. */
public final class DatabaseCopy {
    private static final String ENDING = ".copy.zip";

    private DatabaseCopy() {}

    /** Beside the database, where only its owner can read. Whoever asked for it takes it away. */
    public static BackupReport of(Settings settings, Ledger ledger) {
        Path database = settings.payload()
                .database()
                .orElseThrow(() -> new OperationFailed(
                        OperationFailed.WRONG,
                        List.of(
                                "Tandem backs up the embedded database only.",
                                "For PostgreSQL use pg_dump: docs/operate/backup.md.")));
        Path directory = database.toAbsolutePath().getParent();
        try {
            removeLeftOver(directory);
            Path copy = Files.createTempFile(directory, database.getFileName() + "-", ENDING);
            Files.delete(copy);
            OwnerOnly.createFile(copy);
            Instant at = ledger.clock().now();
            Optional<Instant> newest = newest(ledger);
            ledger.store().read(handle -> handle.execute("backup to ?", copy.toString()));
            return new BackupReport(copy.toString(), at, newest, Optional.empty());
        } catch (IOException e) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("The copy is first made beside the database. " + PathFault.notWritten(directory, e)));
        }
    }

    static Optional<Instant> newest(Ledger ledger) {
        return ledger.store().read(handle -> handle.createQuery("select max(at) from journal")
                .mapTo(Instant.class)
                .findOne());
    }

    /** Of one who was killed in between. */
    private static void removeLeftOver(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.filter(file -> file.getFileName().toString().endsWith(ENDING))
                    .toList()) {
                Files.delete(file);
            }
        }
    }
}
