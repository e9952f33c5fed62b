package dev.tandem.sandbox.oscar;

import java.util.Locale;

/** Validation texts in the language that a worker thread happens to have (contract oscar-interop T21). */
record Messages(Locale language) {
    static final Locale KHMER = Locale.forLanguageTag("km");

    String blank() {
        return khmer() ? "មិនអាចទទេ" : "can't be blank";
    }

    String notIncluded() {
        return khmer() ? "មិនមាននៅក្នុងបញ្ជី" : "is not included in the list";
    }

    private boolean khmer() {
        return language.getLanguage().equals(KHMER.getLanguage());
    }
}
