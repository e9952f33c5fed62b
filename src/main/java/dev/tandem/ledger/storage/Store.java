package dev.tandem.ledger.storage;

import java.time.Instant;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.HandleConsumer;

/** What each part of the ledger works with: one database, its time, the settings and keys, and who is told of a change. */
public record Store(
        Transactions transactions,
        LedgerClock clock,
        LedgerSettings settings,
        Seal seal,
        Signals signals,
        Tally tally) {
    public <T> T in(HandleCallback<T, RuntimeException> work) {
        return transactions.in(work);
    }

    public void run(HandleConsumer<RuntimeException> work) {
        transactions.run(work);
    }

    public <T> T read(HandleCallback<T, RuntimeException> work) {
        return transactions.read(work);
    }

    public Instant now() {
        return clock.now();
    }
}
