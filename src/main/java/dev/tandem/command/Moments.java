package dev.tandem.command;

import dev.tandem.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Moments and durations as they are typed. */
final class Moments {
    private Moments() {}

    /**
     * A moment with its offset. One without is refused: whether midnight is meant in Phnom Penh or in UTC decides about seven
     * hours of referrals.
     */
    static final class AMoment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException invalid) {
                throw new TypeConversionException("expected a moment with its offset,"
                        + " as 2026-11-25T00:00:00+07:00 or 2026-11-24T17:00:00Z, but was '" + text + "'");
            }
        }
    }

    static final class ADuration implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.of(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "expected a duration as 10s, 15m or 1h, but was '" + text + "'"));
        }
    }
}
