package dev.tandem.settings;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as the operator writes them: {@code 500ms}, {@code 10s}, {@code 15m}, {@code 1h}, {@code 400d}. Camel's own reading
 * of such texts would take more: a number without a unit, and zero.
 */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
    private static final Map<String, ChronoUnit> UNITS = Map.of(
            "ms", ChronoUnit.MILLIS,
            "s", ChronoUnit.SECONDS,
            "m", ChronoUnit.MINUTES,
            "h", ChronoUnit.HOURS,
            "d", ChronoUnit.DAYS);

    private Durations() {}

    /** Empty if the text is no duration or is zero. */
    public static Optional<Duration> of(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(Duration.of(Long.parseLong(form.group(1)), UNITS.get(form.group(2))))
                        .filter(value -> !value.isZero())
                : Optional.empty();
    }
}
