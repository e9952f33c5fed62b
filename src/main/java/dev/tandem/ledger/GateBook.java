package dev.tandem.ledger;

import dev.tandem.ledger.storage.Flow;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The gate of each system: closed when it refuses our credentials, so that no replica tries them again (protocol 3). A
 * restart does not open it; other credentials or a person do.
 */
public final class GateBook {
    /** @param closedAt when it closed; none while it is open */
    public record Gate(String system, Optional<Instant> closedAt, Optional<String> code) {
        public boolean open() {
            return closedAt.isEmpty();
        }
    }

    private record Cached(Set<String> closed, Instant at) {}

    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Transactions transactions;
    private final LedgerClock clock;
    private final Signals signals;
    private volatile Cached cached;

    GateBook(Transactions transactions, LedgerClock clock, Signals signals) {
        this.transactions = transactions;
        this.clock = clock;
        this.signals = signals;
    }

    /** Makes the system known under these credentials' keyed hash; other ones than before open its gate. */
    public void register(String system, String credentials) {
        transactions.run(handle -> {
            boolean fresh = Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                            "insert into gate (system, credentials) values (:system, :credentials)")
                    .bind("system", system)
                    .bind("credentials", credentials)
                    .execute());
            if (!fresh) {
                handle.createUpdate("""
                                update gate set credentials = :credentials, closed_at = null, code = null
                                 where system = :system and credentials <> :credentials
                                """)
                        .bind("system", system)
                        .bind("credentials", credentials)
                        .execute();
            }
        });
    }

    /** Whether calls may be made; what another replica decided is seen within two seconds. */
    public boolean open(String system) {
        return !closed().contains(system);
    }

    /** Whether both systems of a flow may be called. */
    public boolean openTo(String flow) {
        return Flow.systems(flow).stream().allMatch(this::open);
    }

    private Set<String> closed() {
        Cached known = cached;
        Instant now = clock.now();
        if (known == null || known.at().plus(FRESH).isBefore(now)) {
            known = new Cached(
                    transactions.read(
                            handle -> handle.createQuery("select system from gate where closed_at is not null")
                                    .mapTo(String.class)
                                    .set()),
                    now);
            cached = known;
        }
        return known.closed();
    }

    public void close(String system, String code) {
        transactions.run(handle -> handle.createUpdate(
                        "update gate set closed_at = coalesce(closed_at, :now), code = :code where system = :system")
                .bind("now", clock.now())
                .bind("code", code)
                .bind("system", system)
                .execute());
        cached = null;
    }

    /**
     * Takes the turn to sign in: one process at a time, of all that share this ledger. In a ledger of a plan's own, where no system
     * is registered, nobody else can be.
     *
     * @param longest after which another may, should this one never end it
     * @return false if another process is signing in
     */
    public boolean beginSignIn(String system, Duration longest) {
        Instant now = clock.now();
        return transactions.in(handle -> {
            int taken = handle.createUpdate("""
                            update gate set signing_in_until = :until
                             where system = :system and (signing_in_until is null or signing_in_until <= :now)
                            """)
                    .bind("until", now.plus(longest))
                    .bind("now", now)
                    .bind("system", system)
                    .execute();
            return taken > 0
                    || handle.createQuery("select 1 from gate where system = :system")
                            .bind("system", system)
                            .mapTo(Integer.class)
                            .findOne()
                            .isEmpty();
        });
    }

    public void endSignIn(String system) {
        transactions.run(handle -> handle.createUpdate("update gate set signing_in_until = null where system = :system")
                .bind("system", system)
                .execute());
    }

    /** Opens a gate on a person's word; false if it was not closed. */
    public boolean reopen(String system) {
        int updated = transactions.in(handle -> handle.createUpdate(
                        "update gate set closed_at = null, code = null where system = :system and closed_at is not null")
                .bind("system", system)
                .execute());
        cached = null;
        signals.raise();
        return updated > 0;
    }

    public List<Gate> all() {
        return transactions.read(
                handle -> handle.createQuery("select system, closed_at, code from gate order by system")
                        .map((row, context) -> new Gate(
                                row.getString("system"),
                                Optional.ofNullable(row.getObject("closed_at", OffsetDateTime.class))
                                        .map(OffsetDateTime::toInstant),
                                Optional.ofNullable(row.getString("code"))))
                        .list());
    }
}
