package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.CanonicalJson;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Whether two values of a case's field mean the same. Absent, null, {@code ""} and {@code []} are one: Primero keeps keys
 * that were never set out of its answers, and drops null for a list (contract primero-v2 §2.4, §3.5). Instants are compared
 * as instants, a date is never one.
 */
final class SameValue {
    private SameValue() {}

    static boolean same(JsonNode one, JsonNode other) {
        if (isBlank(one) || isBlank(other)) {
            return isBlank(one) && isBlank(other);
        }
        if (one.isArray() && other.isArray()) {
            return sameLists(one, other);
        }
        if (one.isTextual() && other.isTextual()) {
            return one.textValue().equals(other.textValue()) || sameInstants(one.textValue(), other.textValue());
        }
        return Arrays.equals(CanonicalJson.bytes(one), CanonicalJson.bytes(other));
    }

    static boolean isBlank(JsonNode value) {
        return value == null
                || value.isNull()
                || value.isMissingNode()
                || (value.isTextual() && value.textValue().isEmpty())
                || (value.isArray() && withoutNulls(value).isEmpty());
    }

    private static boolean sameLists(JsonNode one, JsonNode other) {
        List<JsonNode> ones = withoutNulls(one);
        List<JsonNode> others = withoutNulls(other);
        return ones.size() == others.size()
                && IntStream.range(0, ones.size()).allMatch(i -> same(ones.get(i), others.get(i)));
    }

    private static List<JsonNode> withoutNulls(JsonNode list) {
        return list.valueStream().filter(element -> !element.isNull()).toList();
    }

    private static boolean sameInstants(String one, String other) {
        Optional<Instant> instant = instant(one);
        return instant.isPresent() && instant.equals(instant(other));
    }

    private static Optional<Instant> instant(String text) {
        if (text.length() < 20 || text.charAt(4) != '-') {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
