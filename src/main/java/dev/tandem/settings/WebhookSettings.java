package dev.tandem.settings;

import java.time.Duration;
import java.util.Optional;

/**
 * What holds for the webhooks of both systems.
 *
 * @param silentAfter how long no event may come, although sweeps find changes, before that is a warning
 * @param relaxedSweep the least time between scheduled incremental sweeps while events are heard; unset: as scheduled
 */
public record WebhookSettings(Duration silentAfter, Optional<Duration> relaxedSweep) {}
