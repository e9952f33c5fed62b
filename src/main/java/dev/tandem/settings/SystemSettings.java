package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PLACEHOLDER;
import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is set for a further system, one that only routes and mappings know ({@code tandem.system.<name>.*}).
 *
 * @param name as routes, gates and metrics call it: lower-case letters and digits
 * @param url without a slash at the end
 * @param user for HTTP Basic, with the password
 * @param token a bearer token instead of both
 * @param schedule when what changed in it is read, if it is a source
 */
public record SystemSettings(
        String name,
        URI url,
        Optional<String> user,
        Optional<Secret> password,
        Optional<Secret> token,
        int maxCalls,
        Schedule schedule,
        Schedule fullSchedule) {
    private static final Pattern IN_FILE = Pattern.compile("tandem\\.system\\.([a-z][a-z0-9]{0,30})\\.[a-z-]+");
    private static final Pattern IN_ENVIRONMENT = Pattern.compile(
            "TANDEM_SYSTEM_([A-Z][A-Z0-9]{0,30})_(URL|USER|(PASSWORD|TOKEN)(_FILE)?|MAX_CALLS|(FULL_)?SCHEDULE)");
    /** They have settings of their own. */
    private static final Set<String> SHIPPED = Set.of("primero", "oscar");

    static SystemSettings read(Rows rows, String name) {
        return new SystemSettings(
                name,
                rows.required(
                        row(name, "url"),
                        ServerUrls.SERVER,
                        PLACEHOLDER,
                        "The address of the system, without a slash at the end. Routes may call it without"
                                + " `tandem.http.allowed-hosts`."),
                rows.optional(row(name, "user"), Type.TEXT, PRIVATE, "The user, for a system with HTTP Basic."),
                rows.optional(row(name, "password"), Type.PASSWORD, SECRET, "The password of this user."),
                rows.optional(
                        row(name, "token"), Type.PASSWORD, SECRET, "A bearer token, instead of user and password."),
                rows.setting(
                        row(name, "max-calls"), Type.count(1, 100), "2", "The number of calls to the system at once."),
                rows.setting(
                        row(name, "schedule"),
                        Schedule.TYPE,
                        "off",
                        "When to read what changed since the last sweep, if routes read the system."),
                rows.setting(row(name, "full-schedule"), Schedule.TYPE, "off", "When to read everything."));
    }

    static String row(String system, String part) {
        return "tandem.system." + system + "." + part;
    }

    /** The further systems of which anything is set. */
    static Collection<String> named(Stream<String> inFile, Stream<String> inEnvironment) {
        Set<String> names = Stream.concat(found(IN_FILE, inFile), found(IN_ENVIRONMENT, inEnvironment))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(SHIPPED);
        return names;
    }

    private static Stream<String> found(Pattern pattern, Stream<String> names) {
        return names.map(pattern::matcher).filter(Matcher::matches).map(match -> match.group(1));
    }
}
