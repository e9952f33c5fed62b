package dev.tandem.operation.run;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * A copy of a ledger, or an empty one, that a plan can work on as if it were the real one, and that is thrown away. On disk, so that a large
 * ledger needs no large heap; payloads in it stay encrypted.
 */
public final class ScratchLedger implements AutoCloseable {
    /** What decides; the journal, locks and leases do not. */
    private static final List<String> TABLES = List.of(
            "ledger",
            "work_item",
            "effect",
            "link",
            "tie",
            "snapshot",
            "windowed_snapshot",
            "sweep",
            "window_read",
            "own_write",
            "gate");

    /** What no reading of both systems tells. */
    private static final List<String> UNSEEN = List.of("effect", "link", "tie", "holder", "gate", "window_read");

    private static final int BATCH = 1000;

    private final Path directory;
    private final HikariDataSource database;
    private final Ledger ledger;

    private final Thread ifCutShort;

    private ScratchLedger(Path directory, Thread ifCutShort, HikariDataSource database, Ledger ledger) {
        this.directory = directory;
        this.ifCutShort = ifCutShort;
        this.database = database;
        this.ledger = ledger;
    }

    public static ScratchLedger copyOf(DataSource original, LedgerSettings settings, Seal seal) {
        return make(Optional.of(original), settings, seal);
    }

    /**
     * One for a comparison, on another ledger's time: of what that one knows it holds only what the two systems cannot show.
     * Which records belong together, the referrals that were sent, and how the feed is to be read. Nothing is older than it: a
     * baseline is no reason to look away.
     */
    public static ScratchLedger knowingOf(Optional<DataSource> original, Ledger ledger) {
        ScratchLedger scratch = make(Optional.empty(), ledger.settings(), ledger.seal(), Optional.of(ledger.clock()));
        original.ifPresent(source -> Jdbi.create(source)
                .useTransaction(from -> Jdbi.create(scratch.database).useTransaction(to -> {
                    UNSEEN.forEach(table -> copy(from, to, table));
                    to.execute("delete from effect where kind <> 'referral'");
                    to.execute("update link set existed_before = false");
                    to.execute("update window_read set read_to = null, began_at = null");
                    restartIds(to, "effect");
                })));
        scratch.ledger.initialise("since", Optional.of(scratch.ledger.clock().now()));
        return scratch;
    }

    /** One in which nothing has happened yet. */
    public static ScratchLedger empty(LedgerSettings settings, Seal seal) {
        return make(Optional.empty(), settings, seal);
    }

    private static ScratchLedger make(Optional<DataSource> original, LedgerSettings whose, Seal seal) {
        return make(original, whose, seal, Optional.empty());
    }

    private static ScratchLedger make(
            Optional<DataSource> original, LedgerSettings whose, Seal seal, Optional<LedgerClock> clock) {
        LedgerSettings settings = whose.withoutBrake();
        try {
            Path directory = Files.createTempDirectory("tandem-plan");
            Thread ifCutShort = new Thread(() -> remove(directory), "remove-scratch-ledger");
            Runtime.getRuntime().addShutdownHook(ifCutShort);
            HikariConfig config = new HikariConfig();
            config.setPoolName("plan");
            config.setJdbcUrl("jdbc:h2:file:" + directory.resolve("plan").toAbsolutePath()
                    + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0");
            HikariDataSource database = new HikariDataSource(config);
            Ledger.migrate(database);
            if (original.isPresent()) {
                copy(original.get(), database);
            }
            Ledger ledger = clock.map(time -> Ledger.open(database, settings, seal, time))
                    .orElseGet(() -> Ledger.open(database, settings, seal));
            ledger.claims().endLeasesOfTheDead();
            return new ScratchLedger(directory, ifCutShort, database, ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Ledger ledger() {
        return ledger;
    }

    /** Its database, which also takes whatever else is to be thrown away with it. */
    public DataSource database() {
        return database;
    }

    private static void copy(DataSource from, DataSource to) {
        Jdbi.create(from).useTransaction(source -> Jdbi.create(to).useTransaction(target -> {
            TABLES.forEach(table -> copy(source, target, table));
            restartIds(target, "work_item");
            restartIds(target, "effect");
        }));
    }

    private static void restartIds(Handle target, String table) {
        target.execute("alter table " + table + " alter column id restart with (select coalesce(max(id), 0) + 1 from "
                + table + ")");
    }

    private static void copy(Handle source, Handle target, String table) {
        try (var query = source.createQuery("select * from " + table).setFetchSize(BATCH);
                var rows = query.mapToMap().stream()) {
            PreparedBatch batch = null;
            for (Map<String, Object> row : (Iterable<Map<String, Object>>) rows::iterator) {
                if (batch == null) {
                    batch = target.prepareBatch("insert into " + table + " (" + String.join(", ", row.keySet())
                            + ") values (:" + String.join(", :", row.keySet()) + ")");
                }
                batch.bindMap(row).add();
                if (batch.size() == BATCH) {
                    batch.execute();
                }
            }
            if (batch != null) {
                batch.execute();
            }
        }
    }

    @Override
    public void close() {
        database.close();
        remove(directory);
        try {
            Runtime.getRuntime().removeShutdownHook(ifCutShort);
        } catch (IllegalStateException ending) {
            // Then it runs, and finds nothing.
        }
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
