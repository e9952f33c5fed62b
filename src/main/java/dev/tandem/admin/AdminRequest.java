package dev.tandem.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;

/** One request of the admin API, once it may be answered: its path, its query and its body, read strictly. */
final class AdminRequest {
    /** What is wrong with it. */
    static final class Wrong extends RuntimeException {
        private final transient AdminGuard.Refusal refusal;

        Wrong(int status, String code, String words) {
            super(words, null, false, false);
            refusal = new AdminGuard.Refusal(status, code, words);
        }

        AdminGuard.Refusal refusal() {
            return refusal;
        }
    }

    private static final int LONGEST_TEXT = 300;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MatchResult path;
    private final Map<String, String> query;
    private final JsonNode body;
    private final String caller;

    AdminRequest(MatchResult path, Map<String, String> query, byte[] body, String caller) {
        this.path = path;
        this.query = query;
        this.body = parse(body);
        this.caller = caller;
    }

    /** The number in the path. */
    long id() {
        try {
            return Long.parseLong(path.group(1));
        } catch (NumberFormatException e) {
            throw new Wrong(404, "no-such-id", "there is nothing with this id");
        }
    }

    String part() {
        return path.group(1);
    }

    Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(text -> !text.isEmpty());
    }

    /** Refuses a body with any other field: a misspelt one would be left out, and more be done than was meant. */
    AdminRequest only(String... fields) {
        Set<String> known = Set.of(fields);
        body.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw new Wrong(
                        400, "unknown-field", "the body has a field that this does not know; it knows " + known);
            }
        });
        return this;
    }

    boolean flag(String name) {
        JsonNode value = body.path(name);
        if (!value.isMissingNode() && !value.isNull() && !value.isBoolean()) {
            throw new Wrong(400, "wrong-field", "the field " + name + " is true or false");
        }
        return value.asBoolean(false);
    }

    /** One line of text; control characters would forge lines of a log or a terminal. */
    Optional<String> text(String name) {
        JsonNode value = body.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.isTextual() ? value.textValue().strip() : "";
        if (text.isEmpty() || text.length() > LONGEST_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new Wrong(
                    400,
                    "wrong-field",
                    "the field " + name + " is one line of text, at most " + LONGEST_TEXT + " characters");
        }
        return Optional.of(text);
    }

    List<Long> numbers(String name) {
        List<Long> numbers = new ArrayList<>();
        JsonNode values = body.path(name);
        if (!values.isMissingNode() && !values.isNull() && !values.isArray()) {
            throw new Wrong(400, "wrong-field", "the field " + name + " is a list of ids");
        }
        for (JsonNode value : values) {
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw new Wrong(400, "wrong-field", "the field " + name + " is a list of ids");
            }
            numbers.add(value.longValue());
        }
        return numbers;
    }

    /** Who asks, for the journal. */
    String by() {
        return text("by").map(name -> caller + " (" + name + ")").orElse(caller);
    }

    private static JsonNode parse(byte[] body) {
        if (body.length == 0) {
            return JSON.createObjectNode();
        }
        try {
            JsonNode node = JSON.readTree(body);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (IOException e) {
            // Said below; the parser's words quote the body.
        }
        throw new Wrong(400, "not-json", "the body is a JSON object, or empty");
    }
}
