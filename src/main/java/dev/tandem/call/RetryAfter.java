package dev.tandem.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.client5.http.utils.DateUtils;

/** How long a system that is busy asks us to stay away: seconds, or a date (RFC 9110 §10.2.3). */
final class RetryAfter {
    /** A date far in the future is a mistake; an item should not sleep for years over it. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration SHORTEST = Duration.ofSeconds(1);

    private RetryAfter() {}

    /**
     * The wait that an answer asks for.
     *
     * @param value of {@code Retry-After}, or null
     * @param date of {@code Date}, or null: against it, the system's wrong clock does no harm
     * @return the wait, between 1 s and 1 day, if the status is one that may ask for it and the value can be read
     */
    static Optional<Duration> of(int status, String value, String date, Instant now) {
        if ((status != 503 && status != 429) || value == null) {
            return Optional.empty();
        }
        return seconds(value.strip())
                .or(() -> instant(value)
                        .map(then -> Duration.between(
                                date == null ? now : instant(date).orElse(now), then)))
                .map(RetryAfter::bounded);
    }

    private static Optional<Duration> seconds(String value) {
        if (value.isEmpty() || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Optional.empty();
        }
        return Optional.of(value.length() > 9 ? LONGEST : Duration.ofSeconds(Long.parseLong(value)));
    }

    /** A date as HTTP writes it (RFC 9110 §5.6.7). */
    static Optional<Instant> instant(String value) {
        return Optional.ofNullable(DateUtils.parseStandardDate(value));
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
