package dev.tandem.ledger.storage;

import java.time.Instant;

/** The only clock of the ledger: the database's, never a replica's own (protocol 2). */
@FunctionalInterface
public interface LedgerClock {
    /** The database's time, to the microsecond. */
    Instant now();
}
