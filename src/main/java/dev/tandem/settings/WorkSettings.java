package dev.tandem.settings;

import java.time.Duration;
import java.util.Optional;

/** How records are worked. */
public record WorkSettings(
        int workers,
        Duration lease,
        Duration callTimeout,
        RetrySettings retry,
        Duration journalRetention,
        int unansweredDays,
        Optional<Integer> brake) {}
