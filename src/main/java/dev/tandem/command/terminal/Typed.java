package dev.tandem.command.terminal;

import dev.tandem.operation.request.DeadLetterQuery;
import dev.tandem.settings.Durations;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values as they are typed. */
public final class Typed {
    private Typed() {}

    /**
     * A moment with its offset. One without is refused: whether midnight is meant in Phnom Penh or in UTC decides about seven
     * hours of referrals.
     */
    public static Instant moment(String text) {
        try {
            // Also as the reports show it: with blanks before the time and the offset.
            return OffsetDateTime.parse(text.replaceFirst(" ", "T").replace(" ", ""))
                    .toInstant();
        } catch (DateTimeParseException invalid) {
            throw expected("a moment with its offset, as 2026-11-25T00:00:00+07:00 or 2026-11-24T17:00:00Z,", text);
        }
    }

    public static Duration duration(String text) {
        return Durations.of(text).orElseThrow(() -> expected("a duration as 10s, 15m or 1h,", text));
    }

    /** From where it was typed: the launcher may have gone to another directory since. */
    public static Path path(String text) {
        try {
            return Path.of(System.getProperty("tandem.called-from", "")).resolve(text);
        } catch (InvalidPathException invalid) {
            throw expected("a path", text);
        }
    }

    /** Which there are, the settings say. */
    public static final class ASystem implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return formed(text, "[a-z][a-z0-9]{0,40}", "a name such as primero");
        }
    }

    /** Which there are, the routes say. */
    public static final class AFlow implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return formed(text, "[a-z][a-z0-9]{0,40}-to-[a-z][a-z0-9]{0,40}", "a name such as primero-to-oscar");
        }
    }

    /** Also as the reports show it: {@code #17}. */
    public static final class AnId implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return Long.valueOf(formed(
                    text.replaceFirst("^#", ""), "\\d{1,18}", "a number that `dead-letters list` shows, such as 17,"));
        }
    }

    public static final class ALimit implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            int limit = Integer.parseInt(formed(text, "\\d{1,9}", "a number"));
            if (limit < 1 || limit > DeadLetterQuery.MOST) {
                throw expected("--limit from 1 to " + DeadLetterQuery.MOST, text);
            }
            return limit;
        }
    }

    private static String formed(String text, String form, String example) {
        if (!text.matches(form)) {
            throw expected(example, text);
        }
        return text;
    }

    private static TypeConversionException expected(String what, String text) {
        return new TypeConversionException("expected " + what + " but was '" + text + "'");
    }
}
