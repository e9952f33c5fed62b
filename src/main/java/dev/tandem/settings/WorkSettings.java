package dev.tandem.settings;

import java.time.Duration;

/** How records are worked. */
public record WorkSettings(
        int workers,
        Duration lease,
        Duration callTimeout,
        RetrySettings retry,
        Duration journalRetention,
        int unansweredDays) {}
