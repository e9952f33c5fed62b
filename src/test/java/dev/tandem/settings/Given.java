package dev.tandem.settings;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Settings for a test: a file that is complete, with lines added or replaced, and variables. */
final class Given {
    static final String PASSWORD = "synthetic-password-1";

    private final Path directory;
    private final Map<String, String> lines = new TreeMap<>();
    private final Map<String, String> variables = new TreeMap<>();

    Given(Path directory) {
        this.directory = directory;
        set("tandem.primero.url", "https://primero.example.org");
        set("tandem.primero.user", "tandem");
        set("tandem.primero.password", PASSWORD);
        set("tandem.oscar.url", "https://oscar.example.org");
        set("tandem.oscar.user", "tandem@example.org");
        set("tandem.oscar.password", PASSWORD);
    }

    Given set(String name, String text) {
        lines.put(name, text);
        return this;
    }

    Given without(String name) {
        lines.remove(name);
        return this;
    }

    Given variable(String name, String text) {
        variables.put(name, text);
        return this;
    }

    Path file() {
        return directory.resolve("application.properties");
    }

    Loaded read() {
        try {
            Files.write(
                    file(),
                    lines.entrySet().stream()
                            .map(line -> line.getKey() + "=" + line.getValue())
                            .toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return SettingsReader.read(Optional.empty(), variables, directory);
    }

    List<Fault> faults() {
        WrongSettings wrong = catchThrowableOfType(WrongSettings.class, this::read);
        return wrong == null ? List.of() : wrong.faults();
    }
}
