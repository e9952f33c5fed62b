package dev.tandem.ledger;

import dev.tandem.database.Durability;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.effects.EditRetries;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.Forgotten;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.hands.Erasure;
import dev.tandem.ledger.hands.Pairing;
import dev.tandem.ledger.history.HourlySums;
import dev.tandem.ledger.history.JournalSearch;
import dev.tandem.ledger.history.RecordSearch;
import dev.tandem.ledger.items.Brake;
import dev.tandem.ledger.items.Claims;
import dev.tandem.ledger.items.EventMarks;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.items.Marks;
import dev.tandem.ledger.items.Pauses;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.links.Snapshots;
import dev.tandem.ledger.origin.Baseline;
import dev.tandem.ledger.origin.Identity;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.origin.Origins;
import dev.tandem.ledger.storage.DatabaseClock;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.ledger.storage.Transactions;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.ledger.sweeps.Holders;
import dev.tandem.ledger.sweeps.Moments;
import dev.tandem.ledger.sweeps.SweepRequests;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.ledger.sweeps.WindowReads;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * One ledger in one database: the way to all its parts. Opening it migrates its schema; it is made once, by {@link #initialise},
 * so that a lost volume can never send everything twice.
 */
public record Ledger(
        Store store,
        Identity identity,
        Origins origins,
        Baseline baseline,
        Marks marks,
        EventMarks eventMarks,
        Claims claims,
        Effects effects,
        DeadLetters deadLetters,
        HeldCalls heldCalls,
        EditRetries editRetries,
        Links links,
        Pairing pairing,
        Erasure erasure,
        EntryMatches entryMatches,
        Snapshots snapshots,
        Sweeps sweeps,
        Moments moments,
        SweepRequests sweepRequests,
        EventActivity eventActivity,
        WindowReads windowReads,
        Holders holders,
        GateBook gates,
        Pauses pauses,
        Brake brake,
        Replicas replicas,
        EditionBook editions,
        FindingBook findings,
        NoticeBook notices,
        LedgerStatus status,
        JournalSearch journalSearch,
        RecordSearch recordSearch,
        HourlySums hourlySums,
        Housekeeping housekeeping) {
    /** One for all, because it keeps the statements that it has parsed: plans and tests open several ledgers. */
    private static final SqlParser STATEMENTS = new ColonPrefixSqlParser();

    /** Opens the ledger of this database, on the database's own time. */
    public static Ledger open(DataSource database, LedgerSettings settings, Seal seal) {
        return open(database, settings, seal, Durability.ITS_OWN);
    }

    /** The same, of a database that must be seen to. */
    public static Ledger open(DataSource database, LedgerSettings settings, Seal seal, Durability durability) {
        return open(database, settings, seal, DatabaseClock::new, durability);
    }

    /** The same on another clock. */
    public static Ledger open(DataSource database, LedgerSettings settings, Seal seal, LedgerClock clock) {
        return open(database, settings, seal, jdbi -> clock, Durability.ITS_OWN);
    }

    /** The ledger of a database that must not be changed: nothing is migrated, and nothing may be written. */
    public static Ledger asItIs(DataSource database, LedgerSettings settings) {
        return of(database, settings, new Seal(new byte[32], Optional.empty()), DatabaseClock::new, Durability.ITS_OWN);
    }

    private static Ledger open(
            DataSource database,
            LedgerSettings settings,
            Seal seal,
            Function<Jdbi, LedgerClock> clockOf,
            Durability durability) {
        migrate(database);
        return of(database, settings, seal, clockOf, durability);
    }

    private static Ledger of(
            DataSource database,
            LedgerSettings settings,
            Seal seal,
            Function<Jdbi, LedgerClock> clockOf,
            Durability durability) {
        Jdbi jdbi = Jdbi.create(database);
        jdbi.getConfig(SqlStatements.class).setSqlParser(STATEMENTS);
        Storable.prepare(jdbi);
        Store store = new Store(
                new Transactions(jdbi, durability), clockOf.apply(jdbi), settings, seal, new Signals(), new Tally());
        Baseline baseline = new Baseline(store);
        Forgotten forgotten = new Forgotten(store);
        forgotten.reseal();
        Origins origins = new Origins(store, baseline);
        Marks marks = new Marks(store);
        return new Ledger(
                store,
                new Identity(store),
                origins,
                baseline,
                marks,
                new EventMarks(marks),
                new Claims(store, origins::origin, forgotten),
                new Effects(store),
                new DeadLetters(store),
                new HeldCalls(store),
                new EditRetries(store),
                new Links(store),
                new Pairing(store),
                new Erasure(store, forgotten),
                new EntryMatches(store),
                new Snapshots(store),
                new Sweeps(store),
                new Moments(store),
                new SweepRequests(store),
                new EventActivity(store),
                new WindowReads(store),
                new Holders(store),
                new GateBook(store),
                new Pauses(store),
                new Brake(store),
                new Replicas(store),
                new EditionBook(store),
                new FindingBook(store),
                new NoticeBook(store),
                new LedgerStatus(store),
                new JournalSearch(store),
                new RecordSearch(store),
                new HourlySums(store),
                new Housekeeping(store));
    }

    /** Brings the database's schema to this version. */
    public static void migrate(DataSource database) {
        Schema.migrate(database);
    }

    /** Whether this database holds a ledger's tables. Nothing is written. */
    public static boolean isIn(DataSource database) {
        return Schema.isIn(database);
    }

    /** How this ledger was made; none before {@code init}. */
    public Optional<LedgerOrigin> origin() {
        return origins.origin();
    }

    /** Makes the ledger with nothing older than it; false if there is one, which is left alone. */
    public boolean initialise(String mode, Optional<Instant> responsibleSince) {
        return initialise(mode, responsibleSince, () -> {});
    }

    /** The same, once what is older than it was read; see {@link Origins#initialise}. */
    public boolean initialise(String mode, Optional<Instant> responsibleSince, Runnable readBaseline) {
        return origins.initialise(mode, responsibleSince, readBaseline);
    }

    /** Notes that its database was put back from a backup; see {@link Origins#restored}. */
    public void restored() {
        origins.restored();
    }

    public List<Work> claim(String flow, int most) {
        return claims.claim(flow, most);
    }

    /** Whether its database was last found to be read-only: then nothing is claimed or swept. */
    public boolean readOnly() {
        return store.transactions().readOnly();
    }

    public void readOnly(boolean found) {
        store.transactions().readOnly(found);
        signals().raise();
    }

    public LedgerClock clock() {
        return store.clock();
    }

    public LedgerSettings settings() {
        return store.settings();
    }

    public Seal seal() {
        return store.seal();
    }

    public Tally tally() {
        return store.tally();
    }

    public Signals signals() {
        return store.signals();
    }
}
