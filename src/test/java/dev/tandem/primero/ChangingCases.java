package dev.tandem.primero;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** Primero's list of cases as the contract says it behaves: LIMIT and OFFSET over rows that change, equal keys in any order. */
final class ChangingCases {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One case. */
    record Row(UUID id, String caseId, Instant createdAt, Instant updatedAt) {}

    final Map<UUID, Row> rows = new HashMap<>();
    final List<String> asked = new ArrayList<>();
    private final Random random;
    private final int cap;
    Instant now = Instant.parse("2026-03-10T00:00:00Z");
    long step = 1;
    boolean ignoresFilter;

    ChangingCases(long seed, int cap) {
        this.random = new Random(seed);
        this.cap = cap;
    }

    Row add(Instant createdAt, Instant updatedAt) {
        Row row = new Row(uuid(), uuid().toString(), createdAt, updatedAt);
        rows.put(row.id(), row);
        return row;
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    Row any() {
        List<Row> all = new ArrayList<>(rows.values());
        all.sort(Comparator.comparing(Row::id));
        return all.get(random.nextInt(all.size()));
    }

    void touchAny() {
        now = now.plusSeconds(step);
        Row row = any();
        rows.put(row.id(), new Row(row.id(), row.caseId(), row.createdAt(), now));
    }

    /** Out of the account's scope: it leaves the list without a trace. */
    void hideAny() {
        rows.remove(any().id());
    }

    /** The one at this place in the order of case_id. */
    UUID inOrder(int place) {
        return rows.values().stream()
                .sorted(Comparator.comparing(Row::caseId))
                .skip(place)
                .findFirst()
                .orElseThrow()
                .id();
    }

    JsonNode answer(String query) {
        asked.add(query);
        Map<String, String> asks = new HashMap<>();
        for (String part : query.split("&")) {
            String[] pair = part.split("=", 2);
            asks.put(pair[0], pair[1]);
        }
        List<Row> found = new ArrayList<>();
        String range = asks.get("last_updated_at");
        for (Row row : rows.values()) {
            if (range == null || ignoresFilter || !second(row.updatedAt()).isBefore(from(range))) {
                found.add(row);
            }
        }
        found.sort(Comparator.comparing(Row::id));
        Collections.shuffle(found, random);
        Comparator<Row> order =
                switch (asks.getOrDefault("order_by", "created_at")) {
                    case "case_id" -> Comparator.comparing(Row::caseId);
                    case "last_updated_at" -> Comparator.comparing(Row::updatedAt);
                    default -> Comparator.comparing(Row::createdAt);
                };
        found.sort("asc".equals(asks.get("order")) ? order : order.reversed());
        int per = Math.min(cap, Integer.parseInt(asks.get("per")));
        int offset = (Integer.parseInt(asks.get("page")) - 1) * per;
        List<Row> page = found.subList(Math.min(offset, found.size()), Math.min(offset + per, found.size()));
        return list(page, found.size(), per);
    }

    private static Instant from(String range) {
        if (!range.endsWith("..")) {
            throw new AssertionError("no open range: " + range);
        }
        return Instant.parse(range.substring(0, range.length() - 2));
    }

    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }

    static JsonNode list(List<Row> page, int total, int per) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode data = answer.putArray("data");
        for (Row row : page) {
            data.addObject()
                    .put("id", row.id().toString())
                    .put("last_updated_at", row.updatedAt().toString());
        }
        answer.putObject("metadata").put("total", total).put("per", per).put("page", 1);
        return answer;
    }
}
