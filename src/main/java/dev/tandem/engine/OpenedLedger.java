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
import dev.tandem.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The ledger of these settings, opened: the database, its schema, and the gates under today's credentials. */
public record OpenedLedger(LedgerDatabase.Opened opened, Ledger ledger, Optional<WakeUps> wakeUps)
        implements AutoCloseable {
    private static final String MAY_NOT = "42501";

    public static OpenedLedger open(Settings settings, Consumer<String> warning) {
        // Before the database: one without its key is a fault, not a reason to make a new key.
        PayloadKey key = settings.payload().obtain(warning);
        Optional<byte[]> previous = settings.payload().previousKey().map(PayloadKey::bytes);
        LedgerDatabase.Opened opened =
                LedgerDatabase.open(settings.db(), settings.work().workers());
        HikariDataSource database = opened.pool();
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
                    opened,
                    ledger,
                    settings.db().isPostgresql()
                            ? Optional.of(new WakeUps(database, ledger.signals()))
                            : Optional.empty());
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
