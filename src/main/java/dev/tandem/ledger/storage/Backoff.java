package dev.tandem.ledger.storage;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before the next try: doubled each time, with jitter so that a crowd does not come back at once. */
public record Backoff(Duration min, Duration max) {
    public Duration after(int failures) {
        long doubled = min.toMillis() << Math.min(Math.max(failures - 1, 0), 30);
        long capped = doubled <= 0 ? max.toMillis() : Math.min(doubled, max.toMillis());
        return Duration.ofMillis(capped / 2 + ThreadLocalRandom.current().nextLong(capped / 2 + 1));
    }
}
