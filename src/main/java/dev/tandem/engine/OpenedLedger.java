package dev.tandem.engine;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.call.SystemAccess;
import dev.tandem.database.EmbeddedDatabase;
import dev.tandem.database.LedgerDatabase;
import dev.tandem.database.LedgerFiles;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.OscarSettings.LostAnswer;
import dev.tandem.settings.PayloadKey;
import dev.tandem.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger of these settings, opened: the database, its schema, and the gates under today's credentials. */
public record OpenedLedger(HikariDataSource database, Ledger ledger, Optional<WakeUps> wakeUps)
        implements AutoCloseable {
    public static OpenedLedger open(Settings settings, Consumer<String> warning) {
        // Before the database: one without its key is a fault, not a reason to make a new key.
        PayloadKey key = settings.payload().obtain(warning);
        Optional<byte[]> previous = settings.payload().previousKey().map(PayloadKey::bytes);
        HikariDataSource database = LedgerDatabase.open(settings.db());
        try {
            Ledger ledger = Ledger.open(
                    database,
                    ledgerSettings(settings),
                    new Seal(key.bytes(), previous),
                    EmbeddedDatabase.durability(settings.db()));
            if (!settings.db().isPostgresql()) {
                ledger.claims().endLeasesOfTheDead();
            }
            ReportsDatabase.prepare(settings.db(), database, ledger);
            SystemCalls.settings(settings).systems().forEach(system -> register(ledger, system));
            return new OpenedLedger(
                    database,
                    ledger,
                    settings.db().isPostgresql()
                            ? Optional.of(new WakeUps(database, ledger.signals()))
                            : Optional.empty());
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The ledger, which must have been made by {@code init}. */
    public Ledger initialised() {
        if (ledger.origin().isEmpty()) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of(
                            "There is no ledger yet in this database.",
                            "If Tandem has never run here: tandem init --since T (T: when the integration before it stopped, or now), or tandem init --adopt if nothing ran before it.",
                            "If the ledger was lost: tandem init --recover. Nothing is sent before that."));
        }
        return ledger;
    }

    /**
     * To be asked again and again while it is in use.
     *
     * @throws OperationFailed if nothing but a new process can open the database again
     */
    public void mustBeUsable() {
        if (LedgerFiles.failed() || LedgerDatabase.hasClosedItself(database)) {
            throw new OperationFailed(
                    OperationFailed.UNREACHABLE,
                    List.of(
                            "The disk of the embedded database failed: what was written last may be lost.",
                            "See to the disk, and start Tandem again; if it does not open, `init --recover` makes a new ledger."));
        }
    }

    /** Feels whether the database answers and can be written. */
    public DatabasePulse pulse(boolean postgresql) {
        return new DatabasePulse(database, ledger, postgresql);
    }

    /** Where several replicas may share the database: from now on their signals are received here. */
    public void listen() {
        wakeUps.ifPresent(WakeUps::listen);
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
        database.close();
    }
}
