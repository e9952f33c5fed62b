package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.json.Fields;
import dev.tandem.outcome.AnswerLost;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/** A list of cases as Primero answers it (contract primero-v2 §2.4), and what can be told of one case. */
record CaseAnswer(List<JsonNode> rows, long total, long per) {
    /** Asks whether there is any case, and for no more of it than its id. */
    static final String ANY = "page=1&per=1&fields=id";

    static CaseAnswer of(JsonNode answer) {
        JsonNode data = answer.path("data");
        JsonNode total = answer.path("metadata").path("total");
        JsonNode per = answer.path("metadata").path("per");
        if (!data.isArray() || !total.isIntegralNumber()) {
            throw new AnswerLost("not-a-list", "Primero's answer is no list of cases with a total");
        }
        // without an echo nobody knows whether the size that was asked for was silently capped
        if (!per.isIntegralNumber() || per.longValue() < 1) {
            throw new AnswerLost("not-a-list", "Primero's answer does not say how many cases a page has");
        }
        return new CaseAnswer(data.valueStream().toList(), total.longValue(), per.longValue());
    }

    static AnswerLost emptyList() {
        return new AnswerLost("empty-list", "Primero answered an empty list where there must be cases");
    }

    /** Makes sure that the answer is about the case that was asked for, or written to. */
    static JsonNode sameCase(JsonNode theCase, String id, String what) {
        if (!theCase.isObject() || !Fields.text(theCase, "id").equalsIgnoreCase(id)) {
            throw new AnswerLost("another-case", "Primero answered with another case than was " + what);
        }
        return theCase;
    }

    static Optional<Instant> lastUpdated(JsonNode row) {
        try {
            return Optional.of(
                    OffsetDateTime.parse(Fields.text(row, "last_updated_at")).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static boolean disabled(JsonNode row) {
        return Fields.isFalse(row, "record_state") || Fields.isFalse(row, "enabled");
    }

    @Override
    public String toString() {
        return "CaseAnswer[" + rows.size() + " of " + total + "]";
    }
}
