package dev.tandem.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.spi.Resource;

/** Says what Camel could not read of a route, with its line and, of a misspelt name, the one that was probably meant. */
final class ParseFaults {
    private static final Pattern LINE = Pattern.compile("line (\\d+)");
    /** As Camel's readers of YAML and XML name what they do not know. */
    private static final Pattern UNKNOWN = Pattern.compile(
            "(?:Unknown node id: |Unsupported field: |Unexpected element '|Unexpected attribute ')(?:\\{.*\\})?([\\w-]+)");

    private static final String SCHEMA = "/schema/camelYamlDsl.json";

    private ParseFaults() {}

    static RouteFault of(Resource file, Throwable failure) {
        String message = innermost(failure).strip();
        Matcher line = LINE.matcher(message);
        // What follows the first line repeats the place and the text there.
        String first = message.lines().findFirst().orElse("").strip();
        return new RouteFault(
                RouteTexts.name(file.getLocation()),
                line.find() ? Integer.parseInt(line.group(1)) : 0,
                first,
                meant(message));
    }

    /** Camel's own message names line and column; the innermost one is the plainest. */
    static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof Error) {
            return "it could not be read to its end (" + cause.getClass().getSimpleName()
                    + "): it is too large, or too deeply nested";
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static String meant(String message) {
        Matcher unknown = UNKNOWN.matcher(message);
        if (!unknown.find()) {
            return "";
        }
        return Nearest.to(unknown.group(1), Words.ALL)
                .map(word -> "did you mean " + word + "?")
                .orElse("");
    }

    /** The names of all steps and their options, read when the first one is misspelt. */
    private static final class Words {
        private static final Set<String> ALL = read();

        private static Set<String> read() {
            Set<String> words = new TreeSet<>();
            try (InputStream schema = ParseFaults.class.getResourceAsStream(SCHEMA)) {
                collect(new ObjectMapper().readTree(schema), words);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return words;
        }

        private static void collect(JsonNode node, Collection<String> words) {
            node.path("properties").fieldNames().forEachRemaining(words::add);
            node.forEach(child -> collect(child, words));
        }
    }
}
