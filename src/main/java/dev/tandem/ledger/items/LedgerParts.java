package dev.tandem.ledger.items;

import dev.tandem.ledger.links.Links;
import dev.tandem.ledger.storage.LedgerClock;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.ledger.storage.Signals;
import dev.tandem.ledger.storage.Tally;
import dev.tandem.ledger.storage.Transactions;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What one worker needs of the ledger. */
public record LedgerParts(
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
