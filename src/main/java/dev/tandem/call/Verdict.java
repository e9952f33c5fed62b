package dev.tandem.call;

import com.fasterxml.jackson.core.JsonParser;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a complete answer means, by protocol 3's table. Decided by status and shape, never by text: OSCaR's language
 * leaks between requests (contract oscar-interop T21). No text of the body comes into a reason.
 */
final class Verdict {
    /** OSCaR found a referral of this child that is linked already (contract oscar-interop §3.3 R3). */
    static final String RECORD_WAS_FOUND = "record-was-found";

    private static final ObjectReader JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION)
            .build()
            .readerFor(JsonNode.class);

    private Verdict() {}

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
     * @return the body, or nothing where an empty 204 may be one
     * @throws Setback if this is no success
     */
    static Optional<JsonNode> of(Answer answer, String system, boolean mayBeEmpty, Instant now) {
        head(answer, system, now);
        if (answer.empty()) {
            if (answer.status() == 204 && mayBeEmpty) {
                return Optional.empty();
            }
            throw new AnswerLost("empty-answer", system + " answered " + answer.status() + " without a body");
        }
        return Optional.of(parse(answer.body())
                .filter(JsonNode::isContainerNode)
                .orElseThrow(() -> new AnswerLost(
                        "not-json", system + " answered " + answer.status() + " with something that is not JSON")));
    }

    /**
     * All that can be said without a success's body.
     *
     * @throws Setback if this is no success
     */
    static void head(Answer answer, String system, Instant now) {
        int status = answer.status();
        String http = "http-" + status;
        Optional<Duration> wait = RetryAfter.of(status, answer.retryAfter(), answer.date(), now);
        if (wait.isPresent()) {
            throw NotSent.after(http, system + " answered " + status + " and asked to come back later", wait.get());
        }
        if (status == 429) {
            throw NotSent.unreachable(http, system + " answered 429, too many requests");
        }
        if (answer.html() && status < 500) {
            throw new AnswerLost("html-answer", system + " answered " + status + " with a web page");
        }
        // 408: something on the way tired of waiting for the rest of the request.
        if (status < 200 || (status >= 300 && status < 400) || status == 408 || status >= 500) {
            throw new AnswerLost(http, system + " answered " + status);
        }
        if (status >= 400) {
            throw refused(answer, system);
        }
    }

    private static Refused refused(Answer answer, String system) {
        Optional<JsonNode> body = parse(answer.body());
        if (answer.status() == 422 && body.filter(Verdict::recordWasFound).isPresent()) {
            return new Refused(RECORD_WAS_FOUND, system + " answered 422: it has this record already", 422, List.of());
        }
        List<String> fields = body.map(ComplainedFields::of).orElse(List.of());
        String words = system + " answered " + answer.status()
                + (fields.isEmpty() ? "" : " and complained of " + String.join(", ", fields));
        return new Refused("http-" + answer.status(), words, answer.status(), fields);
    }

    private static boolean recordWasFound(JsonNode body) {
        return body.path("message").isTextual()
                && (body.path("message").textValue().equals("Record was found.")
                        || (body.has("external_id") && body.path("errors").isObject()));
    }

    private static Optional<JsonNode> parse(byte[] body) {
        try {
            return Optional.ofNullable(JSON.readValue(body));
        } catch (IOException notJson) {
            return Optional.empty();
        }
    }
}
