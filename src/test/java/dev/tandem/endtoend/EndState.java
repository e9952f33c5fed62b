package dev.tandem.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Both systems and the ledger as they stand, for checks that know the contract and nothing of the product. Faults name
 * record keys, never values.
 */
final class EndState {
    static final String TO_OSCAR = "primero-to-oscar";
    static final String TO_PRIMERO = "oscar-to-primero";

    /** What no state of the two systems explains. */
    private static final Set<String> NO_REASONS =
            Set.of("unexpected", "mapping-failed", "mapping-too-slow", "gave-up", "not-taken", "lost-answer");

    final Bench bench;
    final Map<String, ObjectNode> before;
    final Set<String> wasLinked;
    final Map<String, ObjectNode> cases = new LinkedHashMap<>();
    final List<JsonNode> feed;
    final Map<String, List<JsonNode>> referrals = new HashMap<>();
    final List<LedgerRows.Tie> ties;
    final List<String> faults = new ArrayList<>();
    private final Map<String, List<LedgerRows.Row>> effects = new HashMap<>();
    private final Map<String, List<ObjectNode>> byCaseId = new HashMap<>();
    private final Map<String, List<ObjectNode>> byNumber = new HashMap<>();

    /**
     * @param before the cases before anything was brought over, by id
     * @param wasLinked the clients for which OSCaR held a case's id then
     */
    EndState(Bench bench, Map<String, ObjectNode> before, Set<String> wasLinked) {
        this.bench = bench;
        this.before = before;
        this.wasLinked = wasLinked;
        cases.putAll(casesOf(bench.primero));
        feed = FeedRows.of(bench.oscar);
        bench.primero.referrals().forEach(referral -> referrals
                .computeIfAbsent(referral.caseId(), id -> new ArrayList<>())
                .add(referral.json("")));
        LedgerRows ledger = bench.ledger();
        ties = ledger.ties();
        ledger.open().forEach(item -> faults.add("not at rest: " + item));
        ledger.all().forEach(row -> effects.computeIfAbsent(row.flow() + row.record(), key -> new ArrayList<>())
                .add(row));
        ledger.all().stream()
                .filter(row -> !row.sent() && !row.listed() && !row.state().equals("discarded"))
                .forEach(row -> faults.add("neither sent nor listed: " + row));
        ledger.all().stream()
                .filter(row -> row.listed() && NO_REASONS.contains(row.code()))
                .forEach(row -> faults.add("listed for a fault of our own: " + row));
        for (ObjectNode one : cases.values()) {
            if (enabled(one)) {
                byCaseId.computeIfAbsent(text(one, "case_id"), id -> new ArrayList<>())
                        .add(one);
                byNumber.computeIfAbsent(text(one, "oscar_number"), id -> new ArrayList<>())
                        .add(one);
            }
        }
    }

    static Map<String, ObjectNode> casesOf(PrimeroSimulator primero) {
        Map<String, ObjectNode> cases = new LinkedHashMap<>();
        primero.cases().forEach(one -> cases.put(text(one, "id"), one));
        return cases;
    }

    /** The clients for which OSCaR holds a case's id. */
    static Set<String> linked(OscarSimulator oscar) {
        return oscar.checks().clients().stream()
                .filter(client ->
                        client.externalId() != null && !client.externalId().isEmpty())
                .map(client -> client.organization() + "/" + client.slug())
                .collect(Collectors.toSet());
    }

    List<LedgerRows.Row> effects(String flow, String record) {
        return effects.getOrDefault(flow + record, List.of());
    }

    /** Whether one of the record's effects whose key begins so is listed with a reason. */
    boolean listed(String flow, String record, String key) {
        return effects(flow, record).stream().anyMatch(row -> row.key().startsWith(key) && row.listed());
    }

    /** The key of the last effect by which this row was sent. */
    String newestSentOn(ObjectNode theCase, String row) {
        return effects(TO_OSCAR, text(theCase, "id")).stream()
                .filter(effect -> effect.arrived() && effect.key().startsWith("referral:" + row + ":"))
                .max(Comparator.comparing(LedgerRows.Row::sentAt))
                .map(LedgerRows.Row::key)
                .orElse("");
    }

    /** The enabled cases that a client's ids name: by external id, else by number (3.2). */
    List<ObjectNode> casesFor(JsonNode client) {
        List<ObjectNode> named = blank(client, "external_id")
                ? List.of()
                : byCaseId.getOrDefault(text(client, "external_id"), List.of());
        return named.isEmpty() ? byNumber.getOrDefault(text(client, "global_id"), List.of()) : named;
    }

    boolean disabledCaseFor(JsonNode client) {
        return cases.values().stream()
                .filter(one -> !enabled(one))
                .anyMatch(one -> text(one, "case_id").equals(text(client, "external_id"))
                        || text(one, "oscar_number").equals(text(client, "global_id")));
    }

    void fault(String what, String record) {
        faults.add(what + ": " + record);
    }

    static String record(JsonNode client) {
        return text(client, "organization_name") + "/" + text(client, "slug");
    }

    static boolean enabled(JsonNode one) {
        return one.path("record_state").asBoolean(true);
    }

    static String text(JsonNode node, String name) {
        return node.hasNonNull(name) ? node.get(name).asText() : "";
    }

    static boolean blank(JsonNode node, String name) {
        return text(node, name).isEmpty();
    }
}
