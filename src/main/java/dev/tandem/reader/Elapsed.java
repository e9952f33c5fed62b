package dev.tandem.reader;

import java.time.Duration;
import java.util.Locale;

/** How long something took, in one or two units: {@code 0.4 s}, {@code 4 min 10 s}, {@code 3 h 2 min}. */
public final class Elapsed {
    private Elapsed() {}

    public static String words(Duration time) {
        if (time.toSeconds() < 10) {
            return String.format(Locale.ROOT, "%.1f s", Math.max(0, time.toMillis()) / 1000.0);
        }
        if (time.toMinutes() < 2) {
            return time.toSeconds() + " s";
        }
        if (time.toHours() < 2) {
            return units(time.toMinutes(), "min", time.toSecondsPart(), "s");
        }
        return time.toDays() < 2
                ? units(time.toHours(), "h", time.toMinutesPart(), "min")
                : units(time.toDays(), "d", time.toHoursPart(), "h");
    }

    private static String units(long larger, String unit, int smaller, String ofRest) {
        return larger + " " + unit + (smaller == 0 ? "" : " " + smaller + " " + ofRest);
    }
}
