package dev.tandem.settings;

import java.time.Duration;

/** From when on the service is degraded: so many parked effects, or a record not at rest for so long. */
public record AlertSettings(int parked, Duration pendingAge) {}
