package dev.tandem.ledger;

import dev.tandem.ledger.storage.Store;
import java.time.Duration;
import java.time.Instant;

/** What a ledger does not keep for ever. */
public record Housekeeping(Store store) {
    private static final int BATCH = 10_000;

    /** Removes the journal's entries that are older than this, some at a time so that no worker waits; returns how many. */
    public long forgetJournal(Duration retention) {
        Instant before = store.now().minus(retention);
        long removed = 0;
        int batch;
        do {
            batch = store.in(handle -> handle.createUpdate("""
                            delete from journal where id in (
                              select id from journal where at < :before order by at fetch first :batch rows only)
                            """)
                    .bind("before", before)
                    .bind("batch", BATCH)
                    .execute());
            removed += batch;
        } while (batch == BATCH);
        return removed;
    }

    /** Removes the ids of events whose signature is out of date by now; returns how many. */
    public long forgetEvents(Duration window) {
        return store.in(handle -> handle.createUpdate("delete from seen_event where seen_at < :before")
                .bind("before", store.now().minus(window))
                .execute());
    }
}
