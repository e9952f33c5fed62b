package dev.tandem.ledger.route;

import com.fasterxml.jackson.core.JsonPointer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a route has written behind one {@code ledger:ACTION}. Which action takes which option: docs/edit/routes.md. */
final class LedgerOptions {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerOptions.class);

    static final Set<String> NAMES = Set.of(
            "after",
            "alsoHash",
            "deadline",
            "facts",
            "flow",
            "fullPause",
            "ignoring",
            "keep",
            "kindBy",
            "kindOfCall",
            "kinds",
            "once",
            "onlyIfChanged",
            "pause",
            "readBackBy",
            "record",
            "repeatable",
            "source",
            "stamp",
            "wakes");

    /** Names of the release before: taken until the next one. */
    private static final Map<String, String> FORMER = Map.of("beside", "alsoHash", "shownBy", "readBackBy");

    private static final Map<String, String> FORMER_ACTIONS = Map.of(
            "heard", "event-received",
            "want-sweep", "request-sweep",
            "wanted-sweep", "requested-sweep",
            "told-apart", "note-answer");

    /** Camel takes any text for one. */
    private static final Pattern DURATION = Pattern.compile("(\\d+\\s*(ms|[dhms])?\\s*)+");

    private final String action;
    private final Map<String, String> written = new HashMap<>();

    /** @param parameters all that is written; what is an option of the ledger is taken out of it */
    LedgerOptions(String action, Map<String, Object> parameters) {
        this.action = renamed(FORMER_ACTIONS, action, "ledger:" + action);
        parameters.entrySet().removeIf(parameter -> {
            String name = renamed(FORMER, parameter.getKey(), "option " + parameter.getKey() + " of ledger:" + action);
            if (NAMES.contains(name)) {
                written.put(name, String.valueOf(parameter.getValue()));
                return true;
            }
            return false;
        });
    }

    private static String renamed(Map<String, String> former, String name, String what) {
        String now = former.getOrDefault(name, name);
        if (!now.equals(name)) {
            LOG.warn("A route uses the {}: it is now called {}, and the next release takes that name only", what, now);
        }
        return now;
    }

    String action() {
        return action;
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(written.get(name)).filter(value -> !value.isBlank());
    }

    String required(String name) {
        return find(name)
                .orElseThrow(() -> new IllegalArgumentException("ledger:" + action + " needs the option " + name));
    }

    /** The parts of an option that lists several, with commas. */
    List<String> list(String name) {
        return Arrays.stream(find(name).orElse("").split(","))
                .map(String::trim)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    JsonPointer pointer(String name) {
        return JsonPointer.compile(find(name).orElse(""));
    }

    List<JsonPointer> pointers(String name) {
        return list(name).stream().map(JsonPointer::compile).toList();
    }

    boolean isTrue(String name, boolean unlessWritten) {
        return find(name).map(Boolean::parseBoolean).orElse(unlessWritten);
    }

    Duration duration(String name) {
        String time = required(name);
        if (!DURATION.matcher(time).matches()) {
            throw new IllegalArgumentException(
                    "ledger:" + action + ": " + name + " is no duration such as 10s or 15m: " + time);
        }
        return Duration.ofMillis(TimeUtils.toMilliSeconds(time));
    }

    /** The longest that one call takes in all, until its last byte. */
    Duration deadline() {
        return written.containsKey("deadline") ? duration("deadline") : Duration.ofMinutes(2);
    }
}
