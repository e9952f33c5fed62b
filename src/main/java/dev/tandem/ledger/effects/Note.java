package dev.tandem.ledger.effects;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is to be kept of how an effect was delivered: it is in the journal, and is the reason of the confirmed effect.
 *
 * @param words nothing personal: codes and names of fields
 */
public record Note(String code, String words) {
    /** Of a mapping's {@code notes}, {@code [{"code", "words"}]}: several are one under the first's code. */
    public static Optional<Note> of(JsonNode notes) {
        if (!notes.isArray() || notes.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        notes.forEach(note -> words.add(note.path("words").asText()));
        return Optional.of(new Note(notes.path(0).path("code").asText(), String.join("; ", words)));
    }
}
