package dev.tandem.settings;

import dev.tandem.settings.SettingsFile.Entry;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The table of all settings. Each row is written once, where its value is taken: in {@link Settings#read} and the records below
 * it. What may be set, the faults, the placeholders and docs/reference/settings.md follow from these rows, in their order.
 */
final class Rows {
    /** Who may see a value. */
    enum Exposure {
        /** Routes, as a placeholder of the same name. */
        PLACEHOLDER,
        /** Java only: where credentials go is not the routes' to decide. */
        PRIVATE,
        /** Java only, never printed, and may be given as a file. */
        SECRET
    }

    /**
     * One row.
     *
     * @param name as in the file, such as {@code tandem.primero.url}
     * @param fallback the default, written as in the file; empty if there is none
     * @param words what it is for, one or two sentences in Markdown
     */
    record Row(String name, String type, Optional<String> fallback, boolean required, Exposure exposure, String words) {
        boolean secret() {
            return exposure == Exposure.SECRET;
        }

        /** The environment variable that overrides the file. */
        String variable() {
            return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        }

        /** The setting that names a file with the value; secrets only. */
        String fileSetting() {
            return name + "-file";
        }

        /** The environment variable that names a file with the value; secrets only. */
        String fileVariable() {
            return variable() + "_FILE";
        }
    }

    /** What was written, and where. */
    record Text(String text, String where) {}

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final Map<String, Text> texts = new HashMap<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Entry> entries = new HashMap<>();
    private final Environment environment;
    private final String nowhere;
    private final Consumer<Fault> faults;

    /**
     * @param file what the settings file says
     * @param nowhere what to name as the place of a setting that nobody set
     */
    Rows(List<Entry> file, Environment environment, String nowhere, Consumer<Fault> faults) {
        for (Entry entry : file) {
            if (!entry.text().isEmpty()) {
                texts.putIfAbsent(entry.name(), new Text(entry.text(), entry.where()));
                entries.putIfAbsent(entry.name(), entry);
            }
        }
        this.environment = environment;
        this.nowhere = nowhere;
        this.faults = faults;
    }

    /** Null if it is not set or wrong, which is then among the faults. */
    <T> T required(String name, Type<T> type, Exposure exposure, String words) {
        return take(new Row(name, type.words(), Optional.empty(), true, exposure, words), type)
                .orElse(null);
    }

    <T> Optional<T> optional(String name, Type<T> type, Exposure exposure, String words) {
        return take(new Row(name, type.words(), Optional.empty(), false, exposure, words), type);
    }

    <T> T setting(String name, Type<T> type, String fallback, String words) {
        return setting(name, type, fallback, Exposure.PLACEHOLDER, words);
    }

    <T> T setting(String name, Type<T> type, String fallback, Exposure exposure, String words) {
        return take(new Row(name, type.words(), Optional.of(fallback), false, exposure, words), type)
                .orElseGet(() -> type.parser().apply(fallback));
    }

    private <T> Optional<T> take(Row row, Type<T> type) {
        rows.put(row.name(), row);
        environment.text(row, faults).or(() -> fromFile(row)).ifPresent(text -> texts.put(row.name(), text));
        if (row.required() && !isSet(row.name()) && !namesFile(row)) {
            fault(
                    row.name(),
                    "it is not set",
                    "set it in the file, or the variable " + row.variable()
                            + (row.secret()
                                    ? ", or name a file that holds it in " + row.fileSetting() + " or "
                                            + row.fileVariable()
                                    : ""));
        }
        try {
            Optional<T> value = text(row).map(type.parser());
            value.ifPresent(found -> values.put(row.name(), found));
            return value;
        } catch (Type.Mismatch mismatch) {
            fault(row.name(), mismatch.getMessage(), mismatch.remedy());
            return Optional.empty();
        }
    }

    /** That its file cannot be read is then the one fault. */
    private boolean namesFile(Row row) {
        return row.secret()
                && (entries.containsKey(row.fileSetting())
                        || environment.get(row.fileVariable()).isPresent());
    }

    /** The secret in the file that the settings file names, from where it is. */
    private Optional<Text> fromFile(Row row) {
        Entry entry = row.secret() ? entries.get(row.fileSetting()) : null;
        if (entry == null) {
            return Optional.empty();
        }
        if (entries.containsKey(row.name())) {
            faults.accept(new Fault(
                    entry.where(), entry.name(), "it is set, and " + row.name() + " too", "remove one of them"));
            return Optional.empty();
        }
        return SecretFile.read(entry.beside(), entry.name(), entry.where(), faults)
                .map(text -> new Text(text, entry.where()));
    }

    private Optional<String> text(Row row) {
        return Optional.ofNullable(texts.get(row.name())).map(Text::text).or(row::fallback);
    }

    void fault(String name, String problem, String remedy) {
        fault(List.of(name), problem, remedy);
    }

    /** A fault of the first, to be corrected where the first of them that somebody set is set. */
    void fault(List<String> names, String problem, String remedy) {
        String where = names.stream()
                .filter(this::isSet)
                .findFirst()
                .map(name -> texts.get(name).where())
                .orElse(nowhere);
        faults.accept(new Fault(where, names.get(0), problem, remedy));
    }

    /** Empty if it is not set and has no default, or if its text is wrong. */
    Optional<Object> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    boolean isSet(String name) {
        return texts.containsKey(name);
    }

    /** What a settings file may set. */
    Set<String> names() {
        Set<String> names = new LinkedHashSet<>(rows.keySet());
        rows.values().stream().filter(Row::secret).map(Row::fileSetting).forEach(names::add);
        return names;
    }

    List<Row> all() {
        return List.copyOf(rows.values());
    }

    /** As {@link Settings#placeholders} says. */
    Map<String, String> placeholders() {
        Map<String, String> placeholders = new TreeMap<>();
        for (Row row : rows.values()) {
            if (row.exposure() == Exposure.PLACEHOLDER) {
                placeholders.put(row.name(), text(row).orElse(""));
                if (values.get(row.name()) instanceof Schedule schedule) {
                    placeholders.put(row.name(), schedule.cronOrDummy());
                    placeholders.put(row.name() + ".enabled", String.valueOf(!schedule.isOff()));
                }
            } else if (row.name().endsWith(".webhook.secret")) {
                placeholders.put(row.name().replace(".secret", ".enabled"), String.valueOf(isSet(row.name())));
            }
        }
        return Collections.unmodifiableMap(placeholders);
    }
}
