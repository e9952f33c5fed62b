package dev.tandem.settings;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What has been read so far: for each setting its text, where that came from, and its value if it has the right form. */
final class Values {
    /**
     * A text and its place.
     *
     * @param where empty for a default
     */
    private record Text(String text, Optional<String> where) {}

    private final Map<Setting<?>, Text> texts = new HashMap<>();
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final String nowhere;

    /** @param nowhere what to name as the place of a setting that nobody set */
    Values(String nowhere) {
        this.nowhere = nowhere;
    }

    void set(Setting<?> setting, String text, String where) {
        texts.put(setting, new Text(text, Optional.of(where)));
    }

    <T> void parse(Setting<T> setting) throws Mismatch {
        setting.fallback().ifPresent(fallback -> texts.putIfAbsent(setting, new Text(fallback, Optional.empty())));
        Text text = texts.get(setting);
        if (text != null) {
            values.put(setting, setting.type().parser().parse(text.text()));
        }
    }

    /** Empty if it is not set and has no default, or if its text is wrong. */
    @SuppressWarnings("unchecked") // parse() puts a T under a Setting<T>, and nothing else puts
    <T> Optional<T> find(Setting<T> setting) {
        return Optional.ofNullable((T) values.get(setting));
    }

    <T> T get(Setting<T> setting) {
        return find(setting).orElseThrow();
    }

    boolean isSet(Setting<?> setting) {
        return texts.containsKey(setting);
    }

    Optional<String> text(Setting<?> setting) {
        return Optional.ofNullable(texts.get(setting)).map(Text::text);
    }

    /** The place to mend: that of the first of them that somebody set. */
    String where(Setting<?>... settings) {
        for (Setting<?> setting : settings) {
            Optional<String> where = Optional.ofNullable(texts.get(setting)).flatMap(Text::where);
            if (where.isPresent()) {
                return where.get();
            }
        }
        return nowhere;
    }
}
