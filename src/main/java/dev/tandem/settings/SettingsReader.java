package dev.tandem.settings;

import dev.tandem.settings.SettingsFile.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads file and environment, and reports all that is wrong at once. */
public final class SettingsReader {
    private static final String FILE = "application.properties";
    private final Environment environment;
    private final Path workingDirectory;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingsReader(Map<String, String> environment, Path workingDirectory) {
        this.environment = new Environment(environment);
        this.workingDirectory = workingDirectory;
    }

    /**
     * Reads and checks everything.
     *
     * @param named the file to read; if empty the one in {@code TANDEM_SETTINGS}, else {@code application.properties} in the
     *     working directory or in its {@code config/}, if there
     * @param environment as {@link System#getenv()}
     * @throws WrongSettings with every fault
     */
    public static Loaded read(Optional<Path> named, Map<String, String> environment, Path workingDirectory) {
        return new SettingsReader(environment, workingDirectory).read(named);
    }

    private Loaded read(Optional<Path> named) {
        Optional<Path> file = named.or(
                        () -> environment.get(Environment.SETTINGS_FILE).map(Path::of))
                .or(this::present);
        if (file.isEmpty() && environment.names().noneMatch(name -> name.startsWith("TANDEM_"))) {
            throw new WrongSettings(List.of(new Fault(
                    workingDirectory.toAbsolutePath().toString(),
                    "the settings file",
                    "there is no " + FILE + " here or in config/, and no variable TANDEM_... is set",
                    "go to the directory that has it, name it with --settings, or make one with `tandem setup`")));
        }
        // What belongs to Camel or to routes of the user's own is left alone.
        List<Entry> entries = file.stream()
                .flatMap(path -> SettingsFile.read(path, faults::add).stream())
                .filter(entry -> entry.name().toLowerCase(Locale.ROOT).startsWith("tandem"))
                .toList();
        if (file.filter(path -> !Files.isReadable(path) || Files.isDirectory(path))
                .isPresent()) {
            // What it would have set is not missing.
            throw new WrongSettings(faults);
        }
        Rows rows = new Rows(entries, environment, file.map(Path::toString).orElse("no settings file"), faults::add);
        Collection<String> systems = SystemSettings.named(entries.stream().map(Entry::name), environment.names());
        Settings settings = Settings.read(rows, systems);
        checkNames(entries, rows.names());
        environment.warnOfUnknown(rows.all(), warnings::add);
        CrossChecks checks = new CrossChecks(rows, systems);
        checks.run();
        if (!faults.isEmpty()) {
            throw new WrongSettings(faults);
        }
        checks.warn(warnings::add);
        return new Loaded(settings, file, List.copyOf(warnings));
    }

    private Optional<Path> present() {
        Path here = workingDirectory.resolve(FILE);
        Path below = workingDirectory.resolve("config").resolve(FILE);
        if (Files.exists(here) && Files.exists(below)) {
            faults.add(new Fault(
                    here + " and " + below,
                    "the settings file",
                    "there are two of them",
                    "remove one, or name the right one with --settings"));
        }
        return Stream.of(here, below).filter(Files::exists).findFirst();
    }

    private void checkNames(List<Entry> entries, Set<String> known) {
        Map<String, Integer> lines = new HashMap<>();
        for (Entry entry : entries) {
            Integer before = lines.putIfAbsent(entry.name(), entry.line());
            if (!known.contains(entry.name())) {
                List<String> nearest = Nearest.all(entry.name(), known);
                String remedy = nearest.isEmpty()
                        ? "remove it; docs/reference/settings.md lists all there are"
                        : "did you mean " + String.join(" or ", nearest) + "?";
                faults.add(new Fault(entry.where(), entry.name(), "there is no such setting", remedy));
            } else if (before != null) {
                faults.add(new Fault(
                        entry.where(), entry.name(), "it is set on line " + before + " too", "remove one of them"));
            }
        }
    }
}
