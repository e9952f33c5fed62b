package dev.tandem.console.visit;

import java.text.MessageFormat;
import java.text.NumberFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.ConcurrentHashMap;

/** The texts of one language: messages_en.properties and messages_km.properties, beside this class. */
final class Messages {
    private static final ResourceBundle.Control ONLY_WHAT_WAS_ASKED_FOR =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);
    private static final Map<Language, Messages> ALL = new ConcurrentHashMap<>();

    private final Language language;
    private final ResourceBundle bundle;

    private Messages(Language language) {
        this.language = language;
        bundle = ResourceBundle.getBundle(
                Messages.class.getPackageName() + ".messages", language.locale(), ONLY_WHAT_WAS_ASKED_FOR);
    }

    static Messages in(Language language) {
        return ALL.computeIfAbsent(language, Messages::new);
    }

    /** @param values numbers and moments as they are: they are written by the language's rules */
    String say(String key, Object... values) {
        return new MessageFormat(bundle.getString(key), language.locale()).format(values);
    }

    /** The text, if there is one for this code. */
    Optional<String> find(String key, Object... values) {
        return bundle.containsKey(key) ? Optional.of(say(key, values)) : Optional.empty();
    }

    /**
     * The word of an act that changes something: with the English beside it while no native reader has confirmed the term
     * (docs/develop/khmer-terms.md).
     */
    String act(String key) {
        return language == Language.ENGLISH
                ? say(key)
                : say(key) + " (" + in(Language.ENGLISH).say(key) + ")";
    }

    String number(long number) {
        return NumberFormat.getIntegerInstance(language.locale()).format(number);
    }

    String moment(Instant at, ZoneId zone) {
        return new DateTimeFormatterBuilder()
                .appendLocalized(FormatStyle.MEDIUM, null)
                .appendPattern(", HH:mm")
                .toFormatter(language.dates())
                .withZone(zone)
                .format(at);
    }

    String timeOfDay(Instant at, ZoneId zone) {
        return DateTimeFormatter.ofPattern("HH:mm:ss", language.dates())
                .withZone(zone)
                .format(at);
    }

    /** The largest unit, such as {@code 3 hours}. */
    String age(Duration age) {
        if (age.toDays() > 1) {
            return say("age.days", age.toDays());
        }
        if (age.toHours() > 1) {
            return say("age.hours", age.toHours());
        }
        return age.toMinutes() > 1
                ? say("age.minutes", age.toMinutes())
                : say("age.seconds", Math.max(0, age.toSeconds()));
    }
}
