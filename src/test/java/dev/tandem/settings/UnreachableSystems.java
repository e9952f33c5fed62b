package dev.tandem.settings;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Settings for what calls neither system: the required ones, and what a test adds. */
public final class UnreachableSystems {
    private UnreachableSystems() {}

    /** @param further environment variables besides the required ones */
    public static Settings settings(Map<String, String> further, Path directory) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "TANDEM_PRIMERO_URL", "http://127.0.0.1:1",
                "TANDEM_PRIMERO_USER", "user",
                "TANDEM_PRIMERO_PASSWORD", "password",
                "TANDEM_OSCAR_URL", "http://127.0.0.1:2",
                "TANDEM_OSCAR_USER", "user",
                "TANDEM_OSCAR_PASSWORD", "password"));
        environment.putAll(further);
        return SettingsReader.read(Optional.empty(), environment, directory).settings();
    }

    /** With the directories {@code routes} and {@code mappings} in this one. */
    public static Settings ofEdition(Path directory) {
        return settings(
                Map.of(
                        "TANDEM_ROUTES_DIR", directory.resolve("routes").toString(),
                        "TANDEM_MAPPINGS_DIR", directory.resolve("mappings").toString()),
                directory);
    }
}
