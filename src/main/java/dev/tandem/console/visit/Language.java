package dev.tandem.console.visit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The languages of the pages. */
public enum Language {
    ENGLISH("en", "English", "en-GB"),
    KHMER("km", "ខ្មែរ", "km-KH");

    private final String tag;
    private final String ownName;
    private final String region;

    /** @param region whose way of writing dates is used */
    Language(String tag, String ownName, String region) {
        this.region = region;
        this.tag = tag;
        this.ownName = ownName;
    }

    public String tag() {
        return tag;
    }

    public String ownName() {
        return ownName;
    }

    Locale locale() {
        return Locale.forLanguageTag(tag);
    }

    Locale dates() {
        return Locale.forLanguageTag(region);
    }

    public static Optional<Language> of(String tag) {
        return Arrays.stream(values())
                .filter(language -> language.tag.equals(tag))
                .findFirst();
    }

    /** The one that a browser's {@code Accept-Language} likes best; English for one that is no such list. */
    public static Language preferred(String accepted) {
        try {
            List<String> tags = Arrays.stream(values()).map(Language::tag).toList();
            return Optional.ofNullable(Locale.lookupTag(Locale.LanguageRange.parse(accepted), tags))
                    .flatMap(Language::of)
                    .orElse(ENGLISH);
        } catch (IllegalArgumentException e) {
            return ENGLISH;
        }
    }
}
