package dev.tandem.ledger;

import dev.tandem.database.Durability;
import dev.tandem.ledger.deadletters.DeadLetters;
import dev.tandem.ledger.effects.EditRetries;
import dev.tandem.ledger.effects.Effect;
import dev.tandem.ledger.effects.Effects;
import dev.tandem.ledger.effects.HeldCalls;
import dev.tandem.ledger.items.Brake;
import dev.tandem.ledger.items.Claim;
import dev.tandem.ledger.items.Claims;
import dev.tandem.ledger.items.LedgerParts;
import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.items.Marks;
import dev.tandem.ledger.items.Pauses;
import dev.tandem.ledger.items.TargetLocks;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.links.EntryMatches;
import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.links.Snapshots;
import dev.tandem.ledger.origin.Baseline;
import dev.tandem.ledger.origin.LedgerOrigin;
import dev.tandem.ledger.storage.DatabaseClock;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.ledger.storage.Transactions;
import dev.tandem.ledger.sweeps.EventActivity;
import dev.tandem.ledger.sweeps.Holders;
import dev.tandem.ledger.sweeps.Sweeps;
import dev.tandem.ledger.sweeps.WantedSweeps;
import dev.tandem.ledger.sweeps.WindowReads;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;

/**
 * One ledger in one database: the way to all its parts. Opening it migrates its schema; it is made once, by {@link #initialise},
 * so that a lost volume can never send everything twice.
 */
public final class Ledger {
    private static final String MIGRATIONS = "classpath:dev/tandem/ledger/migrations";

    private final Transactions transactions;
    private final LedgerParts parts;
    private final Marks marks;
    private final Snapshots snapshots;
    private final WindowReads windowReads;
    private final EntryMatches entryMatches;
    private final Effects effects;
    private final Sweeps sweeps;
    private final WantedSweeps wantedSweeps;
    private final EventActivity eventActivity;
    private final Holders holders;
    private final GateBook gates;
    private final HeldCalls heldCalls;
    private final Pauses pauses;
    private final Brake brake;
    private final Replicas replicas;
    private final LedgerStatus status;
    private final Baseline baseline;
    private final DeadLetters deadLetters;
    private final EditRetries editRetries;
    private final EditionBook editions;
    private volatile Optional<LedgerOrigin> origin;
    private volatile boolean readOnly;

    private Ledger(
            DataSource database,
            LedgerSettings settings,
            Seal seal,
            Function<Jdbi, LedgerClock> clockOf,
            Durability durability) {
        Jdbi jdbi = Jdbi.create(database);
        Storable.prepare(jdbi);
        LedgerClock clock = clockOf.apply(jdbi);
        Signals signals = new Signals();
        transactions = new Transactions(jdbi, durability);
        Claims claims = new Claims(transactions, clock, settings);
        parts = new LedgerParts(
                transactions,
                clock,
                settings,
                seal,
                claims,
                new TargetLocks(clock),
                new Links(transactions, seal),
                signals,
                new Tally(),
                () -> origin().flatMap(LedgerOrigin::responsibleSince));
        marks = new Marks(transactions, clock, seal, signals, parts.tally());
        snapshots = new Snapshots(transactions, seal);
        windowReads = new WindowReads(transactions);
        entryMatches = new EntryMatches(transactions);
        effects = new Effects(transactions);
        sweeps = new Sweeps(transactions, clock, signals, settings);
        wantedSweeps = new WantedSweeps(transactions, clock);
        eventActivity = new EventActivity(transactions, clock);
        holders = new Holders(transactions);
        gates = new GateBook(transactions, clock, signals);
        heldCalls = new HeldCalls(transactions, clock, signals, settings);
        pauses = new Pauses(transactions, clock, signals);
        brake = new Brake(transactions, clock, signals);
        replicas = new Replicas(transactions, clock, seal, signals);
        status = new LedgerStatus(transactions);
        baseline = new Baseline(transactions, clock);
        deadLetters = new DeadLetters(transactions, clock, signals, parts.tally());
        editRetries = new EditRetries(transactions, clock, signals);
        editions = new EditionBook(transactions, clock);
        origin = readOrigin();
    }

    /** Opens the ledger of this database, on the database's own time. */
    public static Ledger open(DataSource database, LedgerSettings settings, Seal seal) {
        return open(database, settings, seal, Durability.ITS_OWN);
    }

    /** The same, of a database that must be seen to. */
    public static Ledger open(DataSource database, LedgerSettings settings, Seal seal, Durability durability) {
        migrate(database);
        return new Ledger(database, settings, seal, DatabaseClock::new, durability);
    }

    /** The same on another clock: for tests that move it. */
    public static Ledger open(DataSource database, LedgerSettings settings, Seal seal, LedgerClock clock) {
        migrate(database);
        return new Ledger(database, settings, seal, jdbi -> clock, Durability.ITS_OWN);
    }

    /** Brings the database's schema to this version. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .locations(
                        isPostgresql(database)
                                ? new String[] {MIGRATIONS, MIGRATIONS + "-postgresql"}
                                : new String[] {MIGRATIONS})
                .load()
                .migrate();
    }

    private static boolean isPostgresql(DataSource database) {
        try (Connection connection = database.getConnection()) {
            return connection.getMetaData().getDatabaseProductName().equals("PostgreSQL");
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the database does not say what it is (SQL state " + e.getSQLState() + ")", e);
        }
    }

    /** How this ledger was made; none before {@code init}. */
    public Optional<LedgerOrigin> origin() {
        return origin;
    }

    /** Makes the ledger with nothing older than it; false if there is one, which is left alone. */
    public boolean initialise(String mode, Optional<Instant> responsibleSince) {
        return initialise(mode, responsibleSince, () -> {});
    }

    /**
     * Makes the ledger, once what is older than it was written to {@link #baseline()}. Its origin is committed last, so that
     * one who dies before leaves no ledger, and the next one begins anew. Meanwhile nobody else can make it.
     *
     * @param readBaseline reads both systems; what it throws ends it without a ledger
     * @return false if there is a ledger already, which is left alone
     */
    public boolean initialise(String mode, Optional<Instant> responsibleSince, Runnable readBaseline) {
        boolean made = transactions.apart(handle -> {
            // Not committed before the end, and another one's insert waits for it.
            boolean first = Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                            "insert into ledger (id, mode, responsible_since, born_at) values (1, :mode, :since, :now)")
                    .bind("mode", mode)
                    .bind("since", responsibleSince.orElse(null))
                    .bind("now", parts.clock().now())
                    .execute());
            if (first) {
                baseline.during(
                        new LedgerOrigin(mode, responsibleSince, parts.clock().now()), readBaseline);
            }
            return first;
        });
        origin = readOrigin();
        return made;
    }

    private Optional<LedgerOrigin> readOrigin() {
        return transactions.read(handle -> handle.createQuery("select mode, responsible_since, born_at from ledger")
                .map((row, context) -> new LedgerOrigin(
                        row.getString("mode"),
                        Optional.ofNullable(row.getObject("responsible_since", OffsetDateTime.class))
                                .map(OffsetDateTime::toInstant),
                        row.getObject("born_at", OffsetDateTime.class).toInstant()))
                .findOne());
    }

    /**
     * Claims up to so many due items of the flow.
     *
     * @return each with all that the ledger knows of it
     */
    public List<Work> claim(String flow, int most) {
        List<Claim> claims = parts.claims().claim(flow, most);
        if (claims.isEmpty()) {
            return List.of();
        }
        List<String> records = claims.stream().map(Claim::record).toList();
        return transactions.read(handle -> {
            Map<String, List<Effect>> effects = Effects.of(handle, flow, records);
            Set<String> kept = Snapshots.kept(handle, flow, records);
            return claims.stream()
                    .map(claim -> new Work(
                            parts,
                            claim,
                            effects.getOrDefault(claim.record(), List.of()),
                            kept.contains(claim.record())))
                    .toList();
        });
    }

    /** How many kept payloads are encrypted under a key that is not known: asked once, since keys change at a start only. */
    public long unreadablePayloads() {
        return transactions.read(handle -> handle.createQuery("""
                        select (select count(*) from snapshot where key_id not in (<keys>))
                             + (select count(*) from windowed_snapshot where key_id not in (<keys>))
                             + (select count(*) from link where known_key not in (<keys>))
                        """)
                .bindList("keys", List.copyOf(parts.seal().keyIds()))
                .mapTo(Long.class)
                .one());
    }

    /** When the flow's next item falls due; none if all is settled. */
    public Optional<Instant> nextDue(String flow) {
        return parts.claims().nextDue(flow);
    }

    /** Whether its database was last found to be read-only: then nothing is claimed or swept. */
    public boolean readOnly() {
        return readOnly;
    }

    /** So it was found to be. */
    public void readOnly(boolean found) {
        readOnly = found;
        signals().raise();
    }

    /** Ends all leases at once: only for a database that no other process can have open. */
    public void endLeasesOfTheDead() {
        parts.claims().endLeasesOfTheDead();
    }

    /** What is older than this ledger: to be written while it is being initialised, and at no other time. */
    public Baseline baseline() {
        return baseline;
    }

    public LedgerClock clock() {
        return parts.clock();
    }

    public LedgerSettings settings() {
        return parts.settings();
    }

    public Seal seal() {
        return parts.seal();
    }

    public Marks marks() {
        return marks;
    }

    public WindowReads windowReads() {
        return windowReads;
    }

    public Snapshots snapshots() {
        return snapshots;
    }

    public Links links() {
        return parts.links();
    }

    public EntryMatches entryMatches() {
        return entryMatches;
    }

    public Effects effects() {
        return effects;
    }

    public Sweeps sweeps() {
        return sweeps;
    }

    public WantedSweeps wantedSweeps() {
        return wantedSweeps;
    }

    public EventActivity eventActivity() {
        return eventActivity;
    }

    public Holders holders() {
        return holders;
    }

    public GateBook gates() {
        return gates;
    }

    public HeldCalls heldCalls() {
        return heldCalls;
    }

    public Pauses pauses() {
        return pauses;
    }

    public Replicas replicas() {
        return replicas;
    }

    public Brake brake() {
        return brake;
    }

    public LedgerStatus status() {
        return status;
    }

    public Housekeeping housekeeping() {
        return new Housekeeping(transactions, parts.clock());
    }

    public DeadLetters deadLetters() {
        return deadLetters;
    }

    public EditRetries editRetries() {
        return editRetries;
    }

    public EditionBook editions() {
        return editions;
    }

    public Tally tally() {
        return parts.tally();
    }

    public Signals signals() {
        return parts.signals();
    }
}
