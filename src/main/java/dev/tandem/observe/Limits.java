package dev.tandem.observe;

import java.time.Duration;

/**
 * From when on a person should know.
 *
 * @param parked more parked effects than these, over both flows
 * @param pendingAge a record that has not been at rest for longer
 */
public record Limits(long parked, Duration pendingAge) {}
