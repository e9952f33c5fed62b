package dev.tandem.sandbox.oscar;

import java.util.Locale;

/**
 * Validation texts in the language that a worker thread happens to have (contract oscar-interop T21), or, of an NGO whose
 * translations lack them, what Rails says of that (§12).
 */
public record Messages(Locale language) {
    public static final Locale KHMER = Locale.forLanguageTag("km");
    public static final Locale UNTRANSLATED = Locale.ROOT;

    String blank(String model, String attribute) {
        return text("can't be blank", "មិនអាចទទេ", model, attribute, "blank");
    }

    String notIncluded(String model, String attribute) {
        return text("is not included in the list", "មិនមាននៅក្នុងបញ្ជី", model, attribute, "inclusion");
    }

    private String text(String english, String khmer, String model, String attribute, String key) {
        if (language.equals(UNTRANSLATED)) {
            return "translation missing: en.activerecord.errors.models." + model + ".attributes." + attribute + "."
                    + key;
        }
        return language.getLanguage().equals(KHMER.getLanguage()) ? khmer : english;
    }
}
