package dev.tandem.ledger.effects;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * One effect that {@code effects.jslt} found to be perhaps owed. What else the object holds is the input of that kind's
 * mapping and is passed on untouched.
 */
public record Candidate(JsonNode node) {
    public String key() {
        return text("key").orElseThrow(() -> new IllegalArgumentException("a candidate effect has no key"));
    }

    public String kind() {
        return text("kind").orElseThrow(() -> new IllegalArgumentException("a candidate effect has no kind"));
    }

    public int order() {
        return node.path("order").asInt(0);
    }

    /** When it came about at its source, for the baseline (mapping facts R21). */
    public Optional<Instant> at() {
        return text("at").map(text -> OffsetDateTime.parse(text).toInstant());
    }

    public boolean baseline() {
        return node.path("baseline").asBoolean(false);
    }

    /** What it tells the target; mappings of the release before say {@code said}. */
    public Optional<String> confirmedValue() {
        return text("confirmedValue").or(() -> text("said"));
    }

    /** Whether the target already shows it, so that it is confirmed without a call. */
    public boolean alreadyThere() {
        return node.path("confirmed").asBoolean(false);
    }

    public boolean waits() {
        return node.path("waits").isObject();
    }

    public String waitsFor() {
        return node.path("waits").path("for").asText();
    }

    public String waitsWords() {
        return node.path("waits").path("words").asText();
    }

    public boolean parks() {
        return node.path("parks").isObject();
    }

    public String parksCode() {
        return node.path("parks").path("code").asText();
    }

    public String parksWords() {
        return node.path("parks").path("words").asText();
    }

    /** How its content was found, where that is to be journaled once it is delivered. */
    public Optional<Note> note() {
        return Note.of(node.path("notes"));
    }

    public String offendingValue() {
        JsonNode parks = node.path("parks");
        JsonNode value = parks.has("offendingValue") ? parks.path("offendingValue") : parks.path("stumbledOver");
        return value.isMissingNode() ? parksCode() + parksWords() : value.toString();
    }

    private Optional<String> text(String field) {
        JsonNode value = node.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? Optional.of(value.textValue()) : Optional.empty();
    }
}
