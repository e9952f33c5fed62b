package dev.tandem.settings;

import dev.tandem.settings.Setting.Exposure;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The rows of one further system: the same for each, but for the name in them. */
record SystemRows(
        String name,
        Setting<URI> url,
        Setting<String> user,
        Setting<Secret> password,
        Setting<Secret> token,
        Setting<Integer> maxCalls,
        Setting<Schedule> schedule,
        Setting<Schedule> fullSchedule) {
    static final String PREFIX = "tandem.system.";

    private static final Pattern IN_FILE = Pattern.compile("tandem\\.system\\.([a-z][a-z0-9]{0,30})\\.[a-z-]+");
    private static final Pattern IN_ENVIRONMENT = Pattern.compile(
            "TANDEM_SYSTEM_([A-Z][A-Z0-9]{0,30})" + "_(URL|USER|(PASSWORD|TOKEN)(_FILE)?|MAX_CALLS|(FULL_)?SCHEDULE)");
    /** They have settings of their own. */
    private static final Set<String> SHIPPED = Set.of("primero", "oscar");

    static SystemRows of(String name) {
        return new SystemRows(
                name,
                row(
                        name,
                        "url",
                        ServerUrls.SERVER,
                        Optional.empty(),
                        true,
                        Exposure.PLACEHOLDER,
                        "Where it is, without a slash at the end. Routes may call it without `tandem.http.allowed-hosts`."),
                row(
                        name,
                        "user",
                        Types.TEXT,
                        Optional.empty(),
                        false,
                        Exposure.PRIVATE,
                        "The user, for a system that wants HTTP Basic."),
                row(name, "password", Types.SECRET, Optional.empty(), false, Exposure.SECRET, "That user's password."),
                row(
                        name,
                        "token",
                        Types.SECRET,
                        Optional.empty(),
                        false,
                        Exposure.SECRET,
                        "A bearer token, instead of user and password."),
                row(
                        name,
                        "max-calls",
                        Types.count(1, 100),
                        Optional.of("2"),
                        false,
                        Exposure.PLACEHOLDER,
                        "Calls to it at once."),
                row(
                        name,
                        "schedule",
                        Crons.SCHEDULE,
                        Optional.of("off"),
                        false,
                        Exposure.PLACEHOLDER,
                        "When to ask it for what changed since the last sweep, if routes read it."),
                row(
                        name,
                        "full-schedule",
                        Crons.SCHEDULE,
                        Optional.of("off"),
                        false,
                        Exposure.PLACEHOLDER,
                        "When to read all of it."));
    }

    private static <T> Setting<T> row(
            String name,
            String part,
            Type<T> type,
            Optional<String> fallback,
            boolean required,
            Exposure exposure,
            String words) {
        return new Setting<>(PREFIX + name + "." + part, type, fallback, required, exposure, words);
    }

    List<Setting<?>> all() {
        return List.of(url, user, password, token, maxCalls, schedule, fullSchedule);
    }

    /** The further systems of which anything is set, by name. */
    static List<SystemRows> named(Collection<String> inFile, Map<String, String> environment) {
        Set<String> names = new TreeSet<>();
        Stream.concat(
                        found(IN_FILE, inFile.stream()),
                        found(
                                IN_ENVIRONMENT,
                                environment.entrySet().stream()
                                        .filter(variable -> !variable.getValue().isBlank())
                                        .map(Map.Entry::getKey)))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(name -> !SHIPPED.contains(name))
                .forEach(names::add);
        return names.stream().map(SystemRows::of).toList();
    }

    private static Stream<String> found(Pattern pattern, Stream<String> names) {
        return names.map(pattern::matcher).filter(Matcher::matches).map(match -> match.group(1));
    }

    SystemSettings settings(Values values) {
        return new SystemSettings(
                name,
                values.get(url),
                values.find(user),
                values.find(password),
                values.find(token),
                values.get(maxCalls),
                values.get(schedule),
                values.get(fullSchedule));
    }
}
