package dev.tandem.settings;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads file and environment, and tells all that is wrong at once. */
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
                .or(this::lyingThere);
        Values values = new Values(file.map(Path::toString).orElse("no settings file"));
        List<SettingsFile.Entry> entries =
                file.map(path -> SettingsFile.read(path, faults::add)).orElse(List.of());
        List<SystemRows> systems = environment.furtherSystems(
                entries.stream().map(SettingsFile.Entry::name).toList());
        List<Setting<?>> all = Stream.concat(
                        Catalogue.all().stream(), systems.stream().flatMap(system -> system.all().stream()))
                .toList();
        file.ifPresent(path -> take(entries, path, all, values));
        environment.override(all, values, faults::add);
        environment.warnOfUnknown(all, warnings::add);
        for (Setting<?> setting : all) {
            parse(setting, values);
        }
        new CrossChecks(values, systems, faults::add).run();
        if (!faults.isEmpty()) {
            throw new WrongSettings(faults);
        }
        CrossChecks.warn(values, systems, warnings::add);
        return new Loaded(Settings.of(values, all, systems), file, List.copyOf(warnings));
    }

    private Optional<Path> lyingThere() {
        Path beside = workingDirectory.resolve(FILE);
        Path below = workingDirectory.resolve("config").resolve(FILE);
        if (Files.exists(beside) && Files.exists(below)) {
            faults.add(new Fault(
                    beside + " and " + below,
                    "the settings file",
                    "there are two of them",
                    "remove one, or name the right one with --settings"));
        }
        return Stream.of(beside, below).filter(Files::exists).findFirst();
    }

    private void take(List<SettingsFile.Entry> entries, Path file, List<Setting<?>> all, Values values) {
        Map<String, Setting<?>> byName = all.stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        Map<String, Integer> lines = new HashMap<>();
        for (SettingsFile.Entry entry : entries) {
            // What belongs to Camel or to routes of the user's own is left alone.
            if (!entry.name().toLowerCase(Locale.ROOT).startsWith("tandem")) {
                continue;
            }
            String where = file + ":" + entry.line();
            Setting<?> setting = byName.get(entry.name());
            Integer before = lines.putIfAbsent(entry.name(), entry.line());
            if (setting == null) {
                faults.add(unknown(entry.name(), where, byName.keySet()));
            } else if (before != null) {
                faults.add(
                        new Fault(where, entry.name(), "it is set on line " + before + " too", "remove one of them"));
            } else if (!entry.text().isEmpty()) {
                values.set(setting, entry.text(), where);
            }
        }
    }

    private static Fault unknown(String name, String where, Set<String> known) {
        String remedy = Nearest.to(name, known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("remove it; docs/reference/settings.md lists all there are");
        return new Fault(where, name, "there is no such setting", remedy);
    }

    private void parse(Setting<?> setting, Values values) {
        try {
            values.parse(setting);
        } catch (Mismatch mismatch) {
            faults.add(new Fault(values.where(setting), setting.name(), mismatch.getMessage(), mismatch.remedy()));
            return;
        }
        if (setting.required() && !values.isSet(setting)) {
            faults.add(new Fault(
                    values.where(setting),
                    setting.name(),
                    "it is not set",
                    "set it in the file, or the variable " + setting.variable()
                            + (setting.secret() ? ", or name a file that holds it in " + setting.fileVariable() : "")));
        }
    }
}
