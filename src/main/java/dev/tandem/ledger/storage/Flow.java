package dev.tandem.ledger.storage;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One direction between two systems, as a route delivers it.
 *
 * @param name {@code SOURCE-to-TARGET}, each the name of a system in lower-case letters and digits
 * @param kinds of the effects that it has
 */
public record Flow(String name, Set<String> kinds) {
    private static final String TO = "-to-";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*" + TO + "[a-z][a-z0-9]*");

    public Flow {
        kinds = Set.copyOf(kinds);
    }

    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** @throws IllegalArgumentException if it is none, with words for who wrote it */
    public static void checkName(String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(
                    "the flow " + text + " is not named SOURCE-to-TARGET, each in lower-case letters and digits");
        }
    }

    /** The system whose records a flow is about. */
    public static String source(String flow) {
        return flow.substring(0, flow.indexOf(TO));
    }

    /** The system that a flow writes to. */
    public static String target(String flow) {
        return flow.substring(flow.indexOf(TO) + TO.length());
    }

    /** Both systems of a flow. */
    public static List<String> systems(String flow) {
        return List.of(source(flow), target(flow));
    }
}
