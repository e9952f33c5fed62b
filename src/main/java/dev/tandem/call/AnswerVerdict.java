package dev.tandem.call;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Refused;
import dev.tandem.outcome.Setback;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a complete answer means, by protocol 3's table. Decided by status and shape, never by text: OSCaR's language
 * leaks between requests (contract oscar-interop T21). No text of the body comes into a reason.
 */
final class AnswerVerdict {
    /** OSCaR found a referral of this child that is linked already (contract oscar-interop §3.3 R3). */
    static final String RECORD_WAS_FOUND = "record-was-found";

    /** With these, whoever answers says that it did not let the request in. A 403 or 404 may refuse the answer only. */
    private static final Set<Integer> NEVER_LET_IN = Set.of(405, 407, 411, 413, 414, 421, 425, 431);

    /** A value in the answer is longer, or nested deeper, than can be read. */
    static final String BEYOND_LIMITS = "beyond-limits";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
    private static final Pattern POINTER = Pattern.compile("(/[A-Za-z0-9_-]{1,64}){1,6}");
    private static final int MOST_FIELDS = 50;

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .readerFor(JsonNode.class);

    private AnswerVerdict() {}

    /** An answer as it came in; the header values are null where there was none. */
    @SuppressWarnings("ArrayRecordComponent") // only handed over, never compared
    record Answer(int status, String contentType, String retryAfter, String date, byte[] body) {
        boolean html() {
            String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
            return type.contains("html");
        }

        boolean empty() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8).isBlank();
        }
    }

    /**
     * The body of a success.
     *
     * @return the body, or nothing where an answer without one is this call's success
     * @throws Setback if this is no success
     */
    static Optional<JsonNode> of(Answer answer, String system, AnswerShape shape, Instant now) {
        head(answer, system, shape, now);
        Optional<JsonNode> body = parse(answer.body());
        if (shape.isSuccess(answer.status(), body)) {
            return body;
        }
        if (answer.empty()) {
            throw new AnswerLost("empty-answer", system + " answered " + answer.status() + " without a body");
        }
        if (body.filter(JsonNode::isContainerNode).isEmpty()) {
            throw new AnswerLost(
                    "not-json", system + " answered " + answer.status() + " with something that is not JSON");
        }
        throw new AnswerLost(
                "other-answer",
                "the call to " + system + " was answered with " + answer.status()
                        + " and something that is not the answer to it");
    }

    /**
     * All that can be said without a success's body.
     *
     * @throws Setback if this is no success
     */
    static void head(Answer answer, String system, AnswerShape shape, Instant now) {
        int status = answer.status();
        String http = "http-" + status;
        Optional<Duration> wait = RetryAfter.of(status, answer.retryAfter(), answer.date(), now);
        if (wait.isPresent()) {
            throw NotSent.after(http, system + " answered " + status + " and asked to come back later", wait.get());
        }
        if (status >= 400 && status < 500) {
            throw refused(answer, system, shape);
        }
        if (answer.html() && status < 500) {
            throw new AnswerLost("html-answer", system + " answered " + status + " with a web page");
        }
        if (status < 200 || status >= 300) {
            throw new AnswerLost(http, system + " answered " + status);
        }
    }

    /** A refusal in the system's own envelope is its own; any other comes from something before it (protocol 3). */
    private static Setback refused(Answer answer, String system, AnswerShape shape) {
        Optional<JsonNode> body = parse(answer.body());
        if (!shape.isRefusal(answer.status(), body)) {
            return foreign(answer.status(), system);
        }
        if (answer.status() == 422 && body.filter(AnswerVerdict::recordWasFound).isPresent()) {
            return new Refused(RECORD_WAS_FOUND, system + " answered 422: it has this record already", 422, List.of());
        }
        List<String> fields = body.map(AnswerVerdict::complainedOf).orElse(List.of());
        String words = system + " answered " + answer.status()
                + (fields.isEmpty() ? "" : " and complained of " + String.join(", ", fields));
        return new Refused("http-" + answer.status(), words, answer.status(), fields);
    }

    private static Setback foreign(int status, String system) {
        String code = "http-" + status + "-not-" + system;
        String words = "got " + status + " from something that is not " + system
                + ", such as a gateway, a proxy or a firewall";
        return NEVER_LET_IN.contains(status) ? NotSent.unreachable(code, words) : new AnswerLost(code, words);
    }

    private static boolean recordWasFound(JsonNode body) {
        return body.path("message").isTextual()
                && body.has("external_id")
                && body.path("errors").isObject();
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.ofNullable(JSON.<JsonNode>readValue(body)).filter(json -> !json.isMissingNode());
        } catch (StreamConstraintsException beyond) {
            throw new AnswerLost(BEYOND_LIMITS, "the answer holds a value that is longer or deeper than can be read");
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }

    /**
     * The names of the fields that a refusal complains of: {@code errors[].detail} (contract primero-v2 §3.6), OSCaR's keys of {@code message} (oscar-interop
     * §7). Messages may quote values, and {@code detail} may be raw exception text (contract primero-v2 §10 T26), so only what can
     * be nothing but a name or a pointer made of names is taken.
     */
    private static List<String> complainedOf(JsonNode body) {
        Set<String> fields = new LinkedHashSet<>();
        for (JsonNode error : body.path("errors")) {
            JsonNode detail = error.path("detail");
            if (detail.isArray()) {
                detail.forEach(pointer -> add(fields, POINTER, pointer.asText()));
            } else if (error.path("message").isArray()) {
                // A model's own validation: detail is the attribute's name, message its complaints.
                add(fields, NAME, detail.asText());
            }
        }
        if (body.path("message").isObject()) {
            body.path("message").fieldNames().forEachRemaining(name -> add(fields, NAME, name));
        }
        return new ArrayList<>(fields);
    }

    private static void add(Set<String> fields, Pattern shape, String name) {
        if (fields.size() < MOST_FIELDS && shape.matcher(name).matches()) {
            fields.add(name);
        }
    }
}
