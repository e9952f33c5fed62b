package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.identity.Fields;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which cases a sweep has seen, and as of when: 16 bytes and a time for each, however large the cases are. */
final class SeenCases {
    private final Map<UUID, Long> lastUpdated = new HashMap<>();
    private Instant highest;

    /** Whether the case, in this state, is new. */
    boolean add(JsonNode row, Optional<Instant> updated) {
        updated.filter(at -> highest == null || at.isAfter(highest)).ifPresent(at -> highest = at);
        long stamp = updated.map(Instant::toEpochMilli).orElse(Long.MIN_VALUE);
        Long before = lastUpdated.put(idOf(row), stamp);
        return before == null || before != stamp;
    }

    int distinct() {
        return lastUpdated.size();
    }

    Optional<Instant> highest() {
        return Optional.ofNullable(highest);
    }

    private static UUID idOf(JsonNode row) {
        String id = Fields.text(row, "id");
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
        }
    }
}
