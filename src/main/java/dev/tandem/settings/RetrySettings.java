package dev.tandem.settings;

import java.time.Duration;

/** Exponential backoff: from {@code min} to {@code max}, then parked after {@code attempts}. */
public record RetrySettings(int attempts, Duration min, Duration max) {}
