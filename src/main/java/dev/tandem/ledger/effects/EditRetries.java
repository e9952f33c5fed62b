package dev.tandem.ledger.effects;

import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Tries again what was parked for a mapping reason, once another version of routes and mappings is in force: each effect
 * once for each version (protocol 4).
 */
public final class EditRetries {
    private final Transactions transactions;
    private final LedgerClock clock;
    private final Signals signals;

    public EditRetries(Transactions transactions, LedgerClock clock, Signals signals) {
        this.transactions = transactions;
        this.clock = clock;
        this.signals = signals;
    }

    /**
     * Marks the records of so many of them.
     *
     * @param version that is in force
     * @return how many there were; fewer than {@code most}: it was the last of them for now
     */
    public int tryAgain(String version, int most) {
        record Parked(long id, String flow, String record) {}
        int tried = transactions.in(handle -> {
            List<Parked> parked = handle.createQuery("""
                            select id, flow, record from effect
                             where state = 'parked' and parked_for = 'mapping' and (version is null or version <> :version)
                             order by id limit :most
                            """)
                    .bind("version", version)
                    .bind("most", most)
                    .map((row, context) ->
                            new Parked(row.getLong("id"), row.getString("flow"), row.getString("record")))
                    .list();
            Instant now = clock.now();
            for (Parked effect : parked) {
                // So that the brake can tell what is done because of the edit alone from what the day brings.
                handle.createUpdate("""
                                update work_item set woken_by = :version, woken_generation = generation + 1
                                 where flow = :flow and record = :record
                                   and (state = 'settled' or (woken_by = :version and woken_generation = generation))
                                """)
                        .bind("version", version)
                        .bind("flow", effect.flow())
                        .bind("record", effect.record())
                        .execute();
                // The item first, as workers do: else the two could end each other.
                Waiters.mark(handle, effect.flow(), effect.record(), now);
                handle.createUpdate("update effect set version = :version where id = :id")
                        .bind("version", version)
                        .bind("id", effect.id())
                        .execute();
            }
            return parked.size();
        });
        if (tried > 0) {
            signals.raise();
        }
        return tried;
    }

    /**
     * Marks the records that wait for an NGO that takes part by now. Asked again while a service runs: another replica may not
     * have been started anew yet, and have them wait once more.
     *
     * @param ngos those that take part; none: all
     */
    public void ngosTakePart(Optional<Set<String>> ngos) {
        boolean woken = transactions.in(handle -> {
            List<String> over = handle
                    .createQuery(
                            "select distinct waiting_for from effect where state = 'waiting' and waiting_for like :ngo")
                    .bind("ngo", Effect.NGO + "%")
                    .mapTo(String.class)
                    .list()
                    .stream()
                    .filter(condition ->
                            ngos.isEmpty() || ngos.get().contains(condition.substring(Effect.NGO.length())))
                    .toList();
            return Waiters.wake(handle, over, clock.now());
        });
        if (woken) {
            signals.raise();
        }
    }

    /** A replica that still has the version before may be the one that took it up: then it is not done yet. */
    public static void triedUnder(Handle handle, Effect effect, String version) {
        handle.createUpdate("update effect set version = :version where id = :id and version <> :version")
                .bind("version", version)
                .bind("id", effect.id())
                .execute();
    }
}
