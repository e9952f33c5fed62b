package dev.tandem.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.call.SystemAccess;
import dev.tandem.database.EmbeddedDatabase;
import dev.tandem.database.LedgerDatabase;
import dev.tandem.database.LedgerFiles;
import dev.tandem.database.Pooling;
import dev.tandem.database.SqlState;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.OscarSettings.LostAnswer;
import dev.tandem.settings.PayloadKey;
import dev.tandem.settings.PayloadSettings;
import dev.tandem.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** The ledger of these settings, opened: the database, its schema, and the gates under today's credentials. */
public record OpenedLedger(LedgerDatabase.Opened opened, Ledger ledger, Optional<WakeUps> wakeUps)
        implements AutoCloseable {
    private static final String MAY_NOT = "42501";

    /** One that is there. None: nothing was made, on disk or in the database. */
    public static Optional<OpenedLedger> find(Settings settings, Consumer<String> warning) {
        if (settings.db().file().filter(Files::notExists).isPresent()) {
            return Optional.empty();
        }
        return open(settings, Ledger::isIn, warning);
    }

    /** The one that is there, or one that waits for {@code init}. */
    public static OpenedLedger open(Settings settings, Consumer<String> warning) {
        return open(settings, any -> true, warning).orElseThrow();
    }

    private static Optional<OpenedLedger> open(
            Settings settings, Predicate<DataSource> wanted, Consumer<String> warning) {
        // Before the database: one without its key is a fault, not a reason to make a new key.
        PayloadKey key = settings.payload().obtain(warning);
        Optional<byte[]> previous = settings.payload().previousKey().map(PayloadKey::bytes);
        LedgerDatabase.Opened opened =
                LedgerDatabase.open(settings.db(), settings.work().workers());
        HikariDataSource database = opened.pool();
        try {
            if (!wanted.test(database)) {
                database.close();
                return Optional.empty();
            }
            Ledger ledger = Ledger.open(
                    database,
                    ledgerSettings(settings),
                    new Seal(key.bytes(), previous),
                    EmbeddedDatabase.durability(settings.db()));
            confirm(ledger, settings.payload(), warning);
            if (!settings.db().isPostgresql()) {
                ledger.claims().endLeasesOfTheDead();
            }
            ReportsDatabase.prepare(settings.db(), database, ledger);
            register(ledger, settings);
            return Optional.of(new OpenedLedger(
                    opened,
                    ledger,
                    settings.db().isPostgresql()
                            ? Optional.of(new WakeUps(database, ledger.signals()))
                            : Optional.empty()));
        } catch (RuntimeException e) {
            database.close();
            if (SqlState.of(e).filter(MAY_NOT::equals).isPresent()) {
                throw new OperationFailed(
                        OperationFailed.WRONG,
                        List.of(
                                "The user of the database may not change the ledger's tables (SQL state " + MAY_NOT
                                        + ").",
                                "Make it their owner, or give it the schema: alter schema ... owner to that user."));
            }
            throw e;
        }
    }

    public HikariDataSource database() {
        return opened.pool();
    }

    /**
     * Before a service begins, which may need all the connections that its settings ask for.
     *
     * @throws OperationFailed if a pooler does not give them
     */
    public void mustHaveRoom() {
        LedgerDatabase.mustHaveRoom(opened);
    }

    /** With the wrong key nothing that is kept could be read, and all records would look changed. */
    private static void confirm(Ledger ledger, PayloadSettings keys, Consumer<String> warning) {
        Optional<String> other = ledger.identity().confirm(false);
        if (other.isPresent() && keys.previousKeyLost()) {
            ledger.identity().confirm(true);
            warning.accept(
                    "The ledger's payload key is lost, and another one is taken from now on: each record is compared with"
                            + " the other system again. Take tandem.payload.previous-key = lost out of the settings.");
        } else if (other.isPresent()) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of(
                            "The payload key is not the one of this ledger (key " + other.get() + "; the settings have "
                                    + String.join(", ", ledger.seal().keyIds()) + "). Nothing was done.",
                            "With this key Tandem cannot read what it has kept, and would take every record for changed.",
                            "If the key was changed by mistake: set tandem.payload.key to the ledger's own, or put the file"
                                    + " .payload-key beside the database back from the backup.",
                            "To rotate it: the new key as tandem.payload.key, the ledger's own as tandem.payload.previous-key.",
                            "If nobody has the ledger's own any more: tandem.payload.previous-key = lost, for one start."));
        } else if (keys.previousKeyLost()) {
            warning.accept(
                    "tandem.payload.previous-key = lost: the payload key is the ledger's own, so take this out of the"
                            + " settings. As long as it is there, a wrong key is not noticed.");
        }
    }

    /**
     * To be asked again and again while it is in use.
     *
     * @throws OperationFailed if nothing but a new process can open the database again
     */
    public void mustBeUsable() {
        if (LedgerFiles.failed() || LedgerDatabase.hasClosedItself(database())) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(
                            "The disk of the embedded database failed: what was written last may be lost.",
                            "See to the disk, and start Tandem again; if it does not open, `init --recover` makes a new ledger."));
        }
    }

    /** Feels whether the database answers and can be written. */
    public DatabasePulse pulse(boolean postgresql) {
        return new DatabasePulse(database(), ledger, postgresql);
    }

    /**
     * Where several replicas may share the database: from now on their signals are received here. A pooler in transaction mode passes
     * none on: each replica then looks by itself, every second.
     */
    public void listen() {
        if (opened.pooling() != Pooling.TRANSACTION) {
            wakeUps.ifPresent(WakeUps::listen);
        }
    }

    /** The gates, under today's credentials. */
    public static void register(Ledger ledger, Settings settings) {
        SystemCalls.settings(settings).systems().forEach(system -> register(ledger, system));
    }

    private static void register(Ledger ledger, SystemAccess system) {
        // A keyed hash, so that the database tells only whether they have changed.
        String login = system.user() + "\n" + system.password().reveal();
        ledger.gates().register(system.name(), ledger.seal().fingerprint(login.getBytes(StandardCharsets.UTF_8)));
    }

    public static LedgerSettings ledgerSettings(Settings settings) {
        return new LedgerSettings(
                settings.work().lease(),
                settings.work().retry().attempts(),
                settings.work().retry().min(),
                settings.work().retry().max(),
                settings.oscar().lostAnswer() == LostAnswer.RESEND,
                settings.oscar().lostAnswerWait(),
                settings.work().brake());
    }

    @Override
    public void close() {
        wakeUps.ifPresent(WakeUps::close);
        database().close();
    }
}
