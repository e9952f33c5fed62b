package dev.tandem.ledger.sweeps;

import dev.tandem.ledger.storage.Storable;
import dev.tandem.ledger.storage.Store;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;

/** Which replica does what a schedule asks for at a moment: every replica's schedule fires, the first to write it down does it. */
public final class Moments {
    /** Among the sources of signed events, in whose table the moments are kept, there is none of this name. */
    private static final String SCHEDULE = "-schedule";

    private final Store store;

    public Moments(Store store) {
        this.store = store;
    }

    /**
     * Takes a moment.
     *
     * @param task what the schedule asks for, such as the id of a route
     * @return false if a replica has taken it before
     */
    public boolean take(String task, Instant moment) {
        return store.in(handle -> Transactions.insertedOrThere(handle, () -> handle.createUpdate(
                        "insert into seen_event (source, event, seen_at) values (:source, :event, :now)")
                .bind("source", SCHEDULE)
                .bind("event", Storable.identity(moment + " " + task, Storable.NAME))
                .bind("now", store.now())
                .execute()));
    }
}
