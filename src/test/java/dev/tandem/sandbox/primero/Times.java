package dev.tandem.sandbox.primero;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How Primero reads and writes dates and instants (contract primero-v2 §2.2, §2.4, §3.6). */
final class Times {
    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern INSTANT = Pattern.compile(
            "(\\d{4})-(\\d{1,2})-(\\d{1,2})[T \\t]+(\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d*))?(?:[ \\t]*Z|([-+])(\\d{2})(?::(\\d{2}))?)?");

    private Times() {}

    static String text(Instant instant) {
        return MILLIS.format(instant);
    }

    static Optional<LocalDate> date(String text) {
        if (!DATE.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    /** No zone is UTC; seconds are needed; an offset needs its colon or no minutes at all. */
    static Optional<Instant> instant(String text) {
        Matcher m = INSTANT.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            LocalDate day = LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
            LocalTime time = LocalTime.of(number(m, 4), number(m, 5), number(m, 6), nanos(m.group(7)));
            int offset = m.group(8) == null
                    ? 0
                    : (m.group(8).equals("-") ? -1 : 1)
                            * (number(m, 9) * 3600 + (m.group(10) == null ? 0 : number(m, 10) * 60));
            return Optional.of(day.atTime(time).toInstant(ZoneOffset.ofTotalSeconds(offset)));
        } catch (DateTimeException impossible) {
            return Optional.empty();
        }
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }

    private static int nanos(String fraction) {
        if (fraction == null || fraction.isEmpty()) {
            return 0;
        }
        return Integer.parseInt((fraction + "000000000").substring(0, 9));
    }
}
