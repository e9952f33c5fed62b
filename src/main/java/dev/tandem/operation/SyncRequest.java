package dev.tandem.operation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What to sweep.
 *
 * @param flow only this one: {@code primero-to-oscar} or {@code oscar-to-primero}
 * @param full read everything
 * @param since read again what changed from then on; never with {@code full}
 * @param patience how long to wait for what is pending before it is reported as such
 */
public record SyncRequest(Optional<String> flow, boolean full, Optional<Instant> since, Duration patience) {}
