package dev.tandem.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReaderTimeTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private final ReaderTime here = reader("Asia/Phnom_Penh", Locale.ENGLISH);

    @Test
    void a_moment_is_local_with_its_offset_to_the_second() {
        assertThat(here.exact(NOON.plusNanos(999))).isEqualTo("2026-11-25 19:00:00 +07:00");
        assertThat(reader("America/New_York", Locale.ENGLISH).exact(NOON)).isEqualTo("2026-11-25 07:00:00 -05:00");
        assertThat(reader("UTC", Locale.ENGLISH).exact(NOON)).isEqualTo("2026-11-25 12:00:00 +00:00");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T12:00:00Z, now",
        "2026-11-25T12:00:59Z, in 59 s",
        "2026-11-25T12:03:20Z, in 3 min",
        "2026-11-25T09:59:00Z, 2 h ago",
        "2026-11-25T11:59:00Z, 60 s ago",
        "2026-11-27T12:00:00Z, in 2 d",
        "2026-10-25T12:00:00Z, 31 d ago"
    })
    void a_distance_has_the_unit_that_one_would_say(Instant moment, String distance) {
        assertThat(here.distance(moment)).isEqualTo(distance);
    }

    @Test
    void a_distance_is_in_the_readers_language() {
        assertThat(reader("UTC", Locale.forLanguageTag("km")).distance(NOON.plusSeconds(200)))
                .isEqualTo("3 នាទីទៀត");
        assertThat(reader("UTC", Locale.FRENCH).distance(NOON.plusSeconds(200))).isEqualTo("in 3 min");
    }

    @Test
    void moments_within_words_become_the_readers_but_not_what_is_to_be_typed() {
        assertThat(here.exactIn("owed since 2026-11-25T12:00:00.123456Z, say `init --since 2026-11-25T12:00:00Z`"))
                .isEqualTo("owed since 2026-11-25 19:00:00 +07:00, say `init --since 2026-11-25T12:00:00Z`");
        assertThat(here.withDistanceIn("Due next: 2026-11-25T12:03:20Z"))
                .isEqualTo("Due next: 2026-11-25 19:03:20 +07:00 (in 3 min)");
        assertThat(here.exactIn("no moment: 2026-99-99T12:00:00Z $1")).isEqualTo("no moment: 2026-99-99T12:00:00Z $1");
    }

    private static ReaderTime reader(String zone, Locale locale) {
        return new ReaderTime(ZoneId.of(zone), locale, InstantSource.fixed(NOON));
    }
}
