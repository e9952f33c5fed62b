package dev.tandem.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void seconds_or_a_date_are_understood_within_bounds() {
        assertThat(RetryAfter.of(503, " 60", null, NOW)).contains(Duration.ofSeconds(60));
        assertThat(RetryAfter.of(429, "0", null, NOW)).contains(Duration.ofSeconds(1));
        assertThat(RetryAfter.of(503, "99999999999999999999", null, NOW)).contains(Duration.ofDays(1));
        assertThat(RetryAfter.of(503, "Sun, 01 Mar 2026 12:02:00 GMT", null, NOW))
                .contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.of(503, "Sun, 01 Mar 2020 12:02:00 GMT", null, NOW))
                .contains(Duration.ofSeconds(1));
    }

    @Test
    void a_date_is_measured_against_the_servers_own_clock() {
        assertThat(RetryAfter.of(503, "Sun, 01 Mar 2026 09:01:00 GMT", "Sun, 01 Mar 2026 09:00:00 GMT", NOW))
                .contains(Duration.ofMinutes(1));
    }

    @Test
    void what_cannot_be_read_or_does_not_ask_is_none() {
        assertThat(RetryAfter.of(503, "soon", null, NOW)).isEmpty();
        assertThat(RetryAfter.of(503, "-5", null, NOW)).isEmpty();
        assertThat(RetryAfter.of(503, null, null, NOW)).isEmpty();
        assertThat(RetryAfter.of(500, "60", null, NOW)).isEmpty();
    }
}
