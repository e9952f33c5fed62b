package dev.tandem.ledger.sweeps;

import java.time.Duration;
import java.time.Instant;

/**
 * A sweep that ended early.
 *
 * @param why in words
 * @param after how long it had run
 */
public record FailedSweep(Instant at, String why, Duration after) {}
