package dev.tandem.sandbox.primero;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A filter's value after Primero has guessed what it is (contract primero-v2 §2.2, in that order). */
sealed interface Coerced {
    record Nothing() implements Coerced {}

    record Day(LocalDate day) implements Coerced {}

    record Moment(Instant instant) implements Coerced {}

    record Truth(boolean value) implements Coerced {}

    record Whole(String digits) implements Coerced {}

    record Several(List<Coerced> values) implements Coerced {}

    record Range(Coerced from, Coerced to) implements Coerced {}

    record Text(String text) implements Coerced {}

    static Coerced of(String text) {
        Optional<Coerced> simple = simple(text);
        if (simple.isPresent()) {
            return simple.get();
        }
        if (text.contains(",")) {
            return new Several(Arrays.stream(text.split(",")).map(Coerced::of).toList());
        }
        int dots = text.indexOf("..");
        if (dots >= 0) {
            return new Range(of(text.substring(0, dots)), of(text.substring(dots + 2)));
        }
        return new Text(text);
    }

    private static Optional<Coerced> simple(String text) {
        if (text.isEmpty()) {
            return Optional.of(new Nothing());
        }
        Optional<LocalDate> day = Times.date(text);
        if (day.isPresent()) {
            return day.map(Day::new);
        }
        Optional<Instant> instant = Times.instant(text);
        if (instant.isPresent()) {
            return instant.map(Moment::new);
        }
        if (text.equals("true") || text.equals("false")) {
            return Optional.of(new Truth(text.equals("true")));
        }
        // Leading zeros are lost here.
        return text.matches("\\d+") ? Optional.of(new Whole(text.replaceFirst("^0+(?=.)", ""))) : Optional.empty();
    }
}
