package dev.tandem.ledger;


import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What one worker needs of the ledger. */
record LedgerParts(
        Transactions transactions,
        LedgerClock clock,
        LedgerSettings settings,
        Seal seal,
        Claims claims,
        TargetLocks locks,
        Links links,
        Signals signals,
        Tally tally,
        Supplier<Optional<Instant>> responsibleSince) {}
