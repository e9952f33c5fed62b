package dev.tandem.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as the operator writes them: {@code 500ms}, {@code 10s}, {@code 15m}, {@code 1h}, {@code 400d}. */
public final class Durations {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

    private Durations() {}

    /** Empty if the text is no duration or is zero. */
    public static Optional<Duration> of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(form.group(1));
        Duration duration =
                switch (form.group(2)) {
                    case "ms" -> Duration.ofMillis(amount);
                    case "s" -> Duration.ofSeconds(amount);
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    default -> Duration.ofDays(amount);
                };
        return Optional.of(duration).filter(value -> !value.isZero());
    }

    static Duration parse(String text) throws Mismatch {
        return of(text).orElseThrow(() -> new Mismatch(
                "`" + text + "` is not a duration above zero",
                "write a number with its unit, as 10s, 15m, 1h or 400d"));
    }
}
