package dev.tandem.observe;

import dev.tandem.ledger.items.LedgerStatus;
import dev.tandem.ledger.sweeps.SweepCursor;
import java.time.Instant;
import java.util.Optional;

/**
 * One flow at one moment, as far as it can be asked every few seconds.
 *
 * @param at the ledger's time
 * @param initialisedAt when the ledger was made: before the first sweep, the age of what is known
 * @param source how far the flow's source is read
 * @param settledHere records that this process has settled since it started
 */
record FlowReading(
        Instant at,
        Instant initialisedAt,
        LedgerStatus.Unsettled unsettled,
        Optional<SweepCursor> source,
        boolean paused,
        long settledHere) {

    String flow() {
        return unsettled.flow();
    }

    Optional<Instant> lastSweep() {
        return source.flatMap(SweepCursor::lastComplete);
    }

    Optional<Instant> lastFullSweep() {
        return source.flatMap(SweepCursor::lastFull);
    }
}
