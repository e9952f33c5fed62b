package dev.tandem.reader;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Moments as one reader wants them: in the reader's zone with its offset, to the second, and if wanted how far away they are.
 * What programs read is ISO 8601 in UTC instead. Words that were made elsewhere carry their moments in that form too; here they
 * become the reader's.
 *
 * @param zone of the reader
 * @param locale of the reader, for the distance
 * @param now what is far away depends on it
 */
public record ReaderTime(ZoneId zone, Locale locale, InstantSource now) {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss xxx", Locale.ROOT);
    private static final Pattern ISO =
            Pattern.compile("`[^`]*`|\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?Z");
    private static final Duration MINUTES_FROM = Duration.ofSeconds(90);
    private static final Duration HOURS_FROM = Duration.ofMinutes(90);
    private static final Duration DAYS_FROM = Duration.ofDays(2);

    /** That of whoever looks at this machine's terminal. */
    public static ReaderTime here() {
        return new ReaderTime(ZoneId.systemDefault(), Locale.ENGLISH, InstantSource.system());
    }

    /** As {@code 2026-11-25 19:00:00 +07:00}. */
    public String exact(Instant moment) {
        return EXACT.format(moment.atZone(zone));
    }

    /** As {@code in 3 min} or {@code 2 h ago}. */
    public String distance(Instant moment) {
        Duration ahead = Duration.between(now.instant(), moment);
        Duration far = ahead.abs();
        if (far.toSeconds() == 0) {
            return texts().getString("now");
        }
        String direction = ahead.isNegative() ? "past" : "future";
        if (far.compareTo(MINUTES_FROM) < 0) {
            return text(direction + ".seconds", far.toSeconds());
        }
        if (far.compareTo(HOURS_FROM) < 0) {
            return text(direction + ".minutes", far.toMinutes());
        }
        return far.compareTo(DAYS_FROM) < 0
                ? text(direction + ".hours", far.toHours())
                : text(direction + ".days", far.toDays());
    }

    /** As {@code 2026-11-25 19:00:00 +07:00 (2 h ago)}. */
    public String withDistance(Instant moment) {
        return exact(moment) + " (" + distance(moment) + ")";
    }

    /** These words with each moment in ISO 8601 (UTC) written exactly; what is between backticks, to be typed, stays. */
    public String exactIn(String words) {
        return in(words, this::exact);
    }

    /** As {@link #exactIn}, with the distance of each moment. */
    public String withDistanceIn(String words) {
        return in(words, this::withDistance);
    }

    private static String in(String words, Function<Instant, String> written) {
        return ISO.matcher(words)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group().startsWith("`") ? found.group() : moment(found.group(), written)));
    }

    private static String moment(String iso, Function<Instant, String> written) {
        try {
            return written.apply(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(iso, Instant::from));
        } catch (java.time.DateTimeException noMoment) {
            return iso;
        }
    }

    private String text(String key, long number) {
        return texts().getString(key).replace("{0}", Long.toString(number));
    }

    private ResourceBundle texts() {
        return ResourceBundle.getBundle(
                "dev.tandem.reader.distance",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
