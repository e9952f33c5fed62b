package dev.tandem.operation.backup;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.database.DatabaseInUse;
import dev.tandem.database.LedgerDatabase;
import dev.tandem.files.OwnerOnly;
import dev.tandem.files.PathFault;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.operation.report.RestoreReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Database;
import dev.tandem.settings.PayloadKey;
import dev.tandem.settings.Settings;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Puts a ledger back from a backup, once it was found whole. */
public final class Restore {
    private static final String DATABASE = ".mv.db";
    private static final String NO_SUCH_TABLE = "42S02";
    private static final String KEY = ".payload-key";

    private final Settings settings;
    private final Supplier<char[]> passphrase;

    /** @param passphrase asked for only if the file wants one */
    public Restore(Settings settings, Supplier<char[]> passphrase) {
        this.settings = settings;
        this.passphrase = passphrase;
    }

    public RestoreReport from(Path file) {
        Path place = settings.payload()
                .database()
                .orElseThrow(() -> failed(
                        "tandem.db.url is not an embedded database in a file.",
                        "For PostgreSQL use pg_restore, then tandem restore --already: docs/operate/backup.md."))
                .toAbsolutePath();
        OperationFailed.refuse(PathFault.ofFile(file).map(fault -> fault + " Nothing was changed."));
        mustHoldNoLedger(place);
        BackupFile.Key opens = opens(file);
        Path fresh = place.resolveSibling(place.getFileName() + ".restoring");
        List<Path> made = missing(place.getParent());
        try {
            OwnerOnly.createDirectories(place.getParent());
            Files.deleteIfExists(beside(fresh, DATABASE));
            BackupFile.About about = unpack(file, opens, fresh);
            RestoreReport report = mark(file, fresh, key(about, file), about);
            if (about.payloadKey().isPresent() && settings.payload().key().isEmpty()) {
                putKey(place, about.payloadKey().get());
            }
            setAside(beside(place, DATABASE));
            Files.move(beside(fresh, DATABASE), beside(place, DATABASE), StandardCopyOption.ATOMIC_MOVE);
            return report;
        } catch (IOException e) {
            throw failed("The ledger cannot be put there. " + PathFault.notWritten(place.getParent(), e));
        } finally {
            remove(beside(fresh, DATABASE));
            // Those that hold the ledger now stay: only an empty directory can be removed.
            made.forEach(Restore::remove);
        }
    }

    /** A database that its own tools put back: PostgreSQL, or an embedded file that was copied. */
    public static RestoreReport already(Ledger ledger) {
        ledger.restored();
        return new RestoreReport(Optional.empty(), Optional.empty(), DatabaseCopy.newest(ledger));
    }

    /** An empty one, as any command makes it, is no ledger. */
    private void mustHoldNoLedger(Path place) {
        if (!Files.exists(beside(place, DATABASE))) {
            return;
        }
        try (HikariDataSource database = LedgerDatabase.open(
                                settings.db(), settings.work().workers())
                        .pool();
                Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet origin = statement.executeQuery("select 1 from ledger")) {
            if (!origin.next()) {
                return;
            }
        } catch (SQLException e) {
            if (NO_SUCH_TABLE.equals(e.getSQLState())) {
                return;
            }
            throw failed(beside(place, DATABASE) + " is there and cannot be read; it was left alone.");
        } catch (DatabaseInUse inUse) {
            throw failed("A Tandem runs on " + beside(place, DATABASE) + ".", "Stop it first. Nothing was changed.");
        }
        throw failed(
                "There is a ledger in " + beside(place, DATABASE) + "; it was left alone.",
                "If it is to be given up, stop Tandem and move this file elsewhere first.");
    }

    private BackupFile.Key opens(Path file) {
        try {
            return BackupFile.wantsPassphrase(file)
                    ? new BackupFile.Key.Passphrase(passphrase.get())
                    : new BackupFile.Key.Payload(settings.payload()
                            .existing()
                            .orElseThrow(() -> failed(
                                    file + " was made with the payload key, and there is none here.",
                                    "Set tandem.payload.key, or put the file .payload-key back beside the database."))
                            .bytes());
        } catch (IOException e) {
            throw failed(file + " cannot be read to its end (" + e.getClass().getSimpleName() + ").");
        }
    }

    /** The directories that are made for it, the deepest first. */
    private static List<Path> missing(Path directory) {
        List<Path> missing = new ArrayList<>();
        for (Path each = directory; each != null && !Files.exists(each); each = each.getParent()) {
            missing.add(each);
        }
        return missing;
    }

    /** The whole file is read, and each part of it checked, before anything is put in place. */
    private static BackupFile.About unpack(Path file, BackupFile.Key key, Path fresh) throws IOException {
        try (DataInputStream in = new DataInputStream(BackupFile.opening(file, key))) {
            BackupFile.About about = BackupFile.About.read(in);
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(DATABASE)) {
                    OwnerOnly.createFile(beside(fresh, DATABASE));
                    try (var to = Files.newOutputStream(
                            beside(fresh, DATABASE), StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
                        zip.transferTo(to);
                    }
                }
            }
            // What the zip leaves: the last chunk must be there too.
            in.transferTo(OutputStream.nullOutputStream());
            return about;
        }
    }

    private byte[] key(BackupFile.About about, Path file) {
        Optional<byte[]> made =
                about.payloadKey().map(key -> Base64.getDecoder().decode(key));
        Optional<byte[]> set = settings.payload().key().map(PayloadKey::bytes);
        if (made.isPresent() && set.isPresent() && !Arrays.equals(made.get(), set.get())) {
            throw failed(
                    file + " belongs to another payload key than tandem.payload.key.",
                    "Set the key of that time, or none: it is then put beside the database. Nothing was changed.");
        }
        return made.or(() -> set)
                .orElseGet(() -> settings.payload().obtain(warning -> {}).bytes());
    }

    /** Opened as a ledger before it is in place: what cannot be opened is no backup. */
    private RestoreReport mark(Path file, Path fresh, byte[] key, BackupFile.About about) {
        Database own = settings.db();
        Database there = new Database(
                "jdbc:h2:file:" + fresh, own.user(), own.password(), Optional.empty(), Optional.empty(), own.forced());
        try (HikariDataSource database =
                LedgerDatabase.open(there, settings.work().workers()).pool()) {
            Ledger.migrate(database);
            Ledger ledger = ledger(database, key);
            if (ledger.origin().isEmpty()) {
                throw failed(file + " holds no ledger. Nothing was changed.");
            }
            ledger.restored();
            return new RestoreReport(
                    Optional.of(file.toString()),
                    Optional.of(Instant.ofEpochMilli(about.at())),
                    DatabaseCopy.newest(ledger));
        }
    }

    private static Ledger ledger(HikariDataSource database, byte[] key) {
        return Ledger.open(database, LedgerSettings.defaults(), new Seal(key, Optional.empty()));
    }

    private static void putKey(Path place, String key) throws IOException {
        Path file = beside(place, KEY);
        setAside(file);
        OwnerOnly.createFile(file);
        Files.writeString(file, key + "\n", StandardOpenOption.WRITE, StandardOpenOption.DSYNC);
    }

    private static void setAside(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.move(
                    file,
                    file.resolveSibling(file.getFileName() + ".before-restore"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // The next restore removes it.
        }
    }

    private static Path beside(Path database, String ending) {
        return database.resolveSibling(database.getFileName() + ending);
    }

    private static OperationFailed failed(String... lines) {
        return new OperationFailed(OperationFailed.WRONG, List.of(lines));
    }
}
