package dev.tandem.sandbox.oscar;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Ruby's {@code Time.parse} makes of {@code since_date} (contract oscar-interop §2.1): it looks for a date, a time
 * and a zone anywhere in the text.
 *
 * @param digits the date and time as written, in whatever zone was meant
 * @param zone the zone that was written, or the server's
 * @param dated false for a text with a time only, which means today
 */
record LenientTime(LocalDateTime digits, ZoneId zone, boolean dated) {
    private static final Pattern DATE = Pattern.compile("(\\d{4})[-/](\\d{1,2})[-/](\\d{1,2})");
    private static final Pattern COMPACT = Pattern.compile("(?<!\\d)(\\d{4})(\\d{2})(\\d{2})(?!\\d)");
    private static final Pattern COMPACT_TIME = Pattern.compile("(?<=\\d{8}T)(\\d{2})(\\d{2})(?:(\\d{2})(\\.\\d+)?)?");
    private static final Pattern DAY_MONTH = Pattern.compile("(\\d{1,2})\\s+([A-Za-z]{3})[a-z]*\\.?,?\\s+(\\d{4})");
    private static final Pattern MONTH_DAY =
            Pattern.compile("([A-Za-z]{3})[a-z]*\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})");
    private static final Pattern TIME = Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(\\.\\d+)?)?");
    private static final Pattern ZONE =
            Pattern.compile("(?:\\d|\\s)(Z|UTC|GMT|[+-]\\d{2}:?\\d{2})(?![\\w:])", Pattern.CASE_INSENSITIVE);
    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";

    /** Throws {@link Raised} for a text without date and time, as Ruby does. */
    static LenientTime parse(String text, ZoneId server, Instant now) {
        try {
            Matcher time = TIME.matcher(text);
            Matcher compactTime = COMPACT_TIME.matcher(text);
            LocalTime clock = time.find() ? time(time) : compactTime.find() ? time(compactTime) : null;
            LocalDate date = date(text);
            if (date == null && clock == null) {
                throw new Raised("no time information in since_date or end_date");
            }
            ZoneId zone = zone(clock == null ? "" : text, server);
            LocalDate day = date != null ? date : LocalDate.ofInstant(now, zone);
            return new LenientTime(day.atTime(clock == null ? LocalTime.MIDNIGHT : clock), zone, date != null);
        } catch (DateTimeException e) {
            throw new Raised("argument out of range");
        }
    }

    Instant instant() {
        return digits.atZone(zone).toInstant();
    }

    private static LocalDate date(String text) {
        Matcher m = DATE.matcher(text);
        if (m.find()) {
            return LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
        }
        m = COMPACT.matcher(text.replace('T', ' '));
        if (m.find()) {
            return LocalDate.of(number(m, 1), number(m, 2), number(m, 3));
        }
        m = DAY_MONTH.matcher(text);
        if (m.find() && month(m.group(2)) > 0) {
            return LocalDate.of(number(m, 3), month(m.group(2)), number(m, 1));
        }
        m = MONTH_DAY.matcher(text);
        if (m.find() && month(m.group(1)) > 0) {
            return LocalDate.of(number(m, 3), month(m.group(1)), number(m, 2));
        }
        return null;
    }

    private static LocalTime time(Matcher m) {
        int seconds = m.group(3) == null ? 0 : number(m, 3);
        long nanos = m.group(4) == null ? 0 : Math.round(Double.parseDouble("0" + m.group(4)) * 1e9);
        return LocalTime.of(number(m, 1), number(m, 2), seconds).plusNanos(nanos);
    }

    private static ZoneId zone(String text, ZoneId server) {
        Matcher m = ZONE.matcher(text);
        ZoneId found = server;
        while (m.find()) {
            String zone = m.group(1).toUpperCase(Locale.ROOT);
            found = Character.isLetter(zone.charAt(0)) ? ZoneOffset.UTC : ZoneOffset.of(colon(zone));
        }
        return found;
    }

    private static String colon(String offset) {
        return offset.contains(":") ? offset : offset.substring(0, 3) + ":" + offset.substring(3);
    }

    private static int month(String name) {
        int at = MONTHS.indexOf(name.toLowerCase(Locale.ROOT));
        return at >= 0 && at % 3 == 0 ? at / 3 + 1 : 0;
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
