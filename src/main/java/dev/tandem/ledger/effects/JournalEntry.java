package dev.tandem.ledger.effects;

import java.time.Instant;
import java.util.Optional;

/**
 * One line of a record's history.
 *
 * @param key the effect it is about; none if it is about the record
 * @param event what happened, such as {@code intended}, {@code confirmed}, {@code parked}, {@code retried}
 * @param words the reason, in words; never personal data
 * @param version the version of the mappings that was in force
 */
public record JournalEntry(
        Instant at,
        Optional<String> key,
        String event,
        Optional<Integer> attempt,
        Optional<String> code,
        Optional<String> words,
        Optional<String> version) {}
