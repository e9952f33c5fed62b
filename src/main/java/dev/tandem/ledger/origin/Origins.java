package dev.tandem.ledger.origin;

import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/** How this ledger was made; makes it if it was not. */
public final class Origins {
    private final Store store;
    private final Baseline baseline;
    private volatile Optional<LedgerOrigin> origin;

    public Origins(Store store, Baseline baseline) {
        this.store = store;
        this.baseline = baseline;
        this.origin = read();
    }

    /** None before {@code init}. */
    public Optional<LedgerOrigin> origin() {
        return origin;
    }

    /**
     * Makes the ledger, once what is older than it was written to the {@link Baseline}. Its origin is committed last, so that
     * one who dies before leaves no ledger, and the next one begins anew. Meanwhile nobody else can make it.
     *
     * @param readBaseline reads both systems; what it throws ends it without a ledger
     * @return false if there is a ledger already, which is left alone
     */
    public boolean initialise(String mode, Optional<Instant> responsibleSince, Runnable readBaseline) {
        boolean made = store.transactions().apart(handle -> {
            LedgerOrigin fresh = new LedgerOrigin(mode, responsibleSince, store.now(), Optional.empty());
            // Not committed before the end, and another one's insert waits for it.
            boolean first = Transactions.insertedOrThere(
                    handle, () -> handle.createUpdate("""
                            insert into ledger (id, mode, responsible_since, born_at)
                            values (1, :mode, :responsibleSince, :initialisedAt)
                            """).bindMethods(fresh).execute());
            if (first) {
                baseline.during(fresh, readBaseline);
            }
            return first;
        });
        origin = read();
        return made;
    }

    /** Notes that it was put back from a backup, and lets every record be looked at again whose effects are not all done. */
    public void restored() {
        store.run(handle -> {
            handle.createUpdate("update ledger set restored_at = :now")
                    .bind("now", store.now())
                    .execute();
            handle.execute("""
                    update work_item set fingerprint = null
                     where exists (select 1 from effect
                                    where effect.flow = work_item.flow and effect.record = work_item.record
                                      and effect.state not in ('confirmed', 'discarded', 'baseline'))
                    """);
        });
        origin = read();
    }

    private Optional<LedgerOrigin> read() {
        return store.read(handle -> handle.createQuery("select * from ledger")
                .map(ConstructorMapper.of(LedgerOrigin.class))
                .findOne());
    }
}
