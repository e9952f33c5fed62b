package dev.tandem.operation.setup;

import dev.tandem.settings.Fault;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import dev.tandem.settings.WrongSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What is known so far, as the settings that it would make. */
final class Answers {
    /** What is not answered yet, in a form that no check refuses; nobody is called by it. */
    private static final Map<String, String> OPEN = Map.of(
            "tandem.primero.url", "https://primero.invalid",
            "tandem.primero.user", "unanswered",
            "tandem.primero.password", "unanswered",
            "tandem.oscar.url", "https://oscar.invalid",
            "tandem.oscar.user", "unanswered",
            "tandem.oscar.password", "unanswered");

    private static final Path NO_FILE = Path.of("no", "settings", "here");

    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, String> secrets = new LinkedHashMap<>();

    void put(String setting, String text, boolean secret) {
        (secret ? secrets : values).put(setting, text);
    }

    Optional<String> get(String setting) {
        return Optional.ofNullable(values.getOrDefault(setting, secrets.get(setting)));
    }

    Map<String, String> values() {
        return values;
    }

    Map<String, String> secrets() {
        return secrets;
    }

    /** What is wrong with the answer to this. */
    Optional<Fault> fault(String setting) {
        return faults().stream()
                .filter(fault -> fault.setting().equals(setting))
                .findFirst();
    }

    List<Fault> faults() {
        try {
            read(Map.of());
            return List.of();
        } catch (WrongSettings wrong) {
            return wrong.faults();
        }
    }

    /** @param instead what holds for a trial only, by setting */
    Settings settings(Map<String, String> instead) {
        return read(instead);
    }

    private Settings read(Map<String, String> instead) {
        Map<String, String> all = new LinkedHashMap<>(OPEN);
        all.putAll(values);
        all.putAll(secrets);
        all.putAll(instead);
        Map<String, String> variables = new LinkedHashMap<>();
        all.forEach((setting, text) ->
                variables.put(setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'), text));
        return SettingsReader.read(Optional.empty(), variables, NO_FILE).settings();
    }
}
