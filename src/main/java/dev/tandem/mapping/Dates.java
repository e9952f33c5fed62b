package dev.tandem.mapping;

import dev.tandem.outcome.Unmappable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.OptionalLong;

/** Dates that are never shifted by a zone and never guessed (contract mapping-facts R16). */
final class Dates {
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("uuuu-MM-dd", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);

    private Dates() {}

    static LocalDate day(String text, String field) {
        try {
            return LocalDate.parse(text, DAY);
        } catch (DateTimeException e) {
            throw new Unmappable(
                    "not-a-date", field, "the field " + field + " is not a date of the form YYYY-MM-DD", text);
        }
    }

    /** Completed years; 0 for who is not born yet. */
    static int age(LocalDate born, LocalDate today) {
        return Math.max(0, Period.between(born, today).getYears());
    }

    /** Milliseconds since 1970 of a moment with a zone, or empty if the text is none. */
    static OptionalLong millis(String text) {
        try {
            return OptionalLong.of(OffsetDateTime.parse(text).toInstant().toEpochMilli());
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }
}
