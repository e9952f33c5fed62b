package dev.tandem.operation.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.call.PlannedCalls;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * The calls of a comparison. Primero's cases are kept as its list shows them, and a case or a look-up that the routes ask for
 * after that is answered from there: no call for each record. What would be changed is noted, and not sent.
 */
final class ReadingCalls implements PlannedCalls {
    private static final String CASES = "/api/v2/cases";
    private static final Map<String, String> KEYS = Map.of("case_id", "case_id", "oscar_number", "number");

    private final ReadCases cases;
    private final WouldBeSent sent;
    private volatile boolean read;
    private volatile boolean all;

    ReadingCalls(ReadCases cases, WouldBeSent sent) {
        this.cases = cases;
        this.sent = sent;
    }

    /**
     * From now on what was read answers.
     *
     * @param allOfThem whether a case that was not read is not there
     */
    void read(boolean allOfThem) {
        all = allOfThem;
        read = true;
    }

    @Override
    public void planned(Exchange exchange, String system, String method, JsonNode body) {
        Work work = exchange.getProperty(Carried.WORK, Work.class);
        if (work == null) {
            return;
        }
        List<Proposal> granted = ((List<?>) exchange.getProperty(Carried.GRANTED, List.of(), List.class))
                .stream().map(Proposal.class::cast).toList();
        boolean toPrimero = system.equals("primero");
        sent.add(
                work,
                granted,
                toPrimero,
                toPrimero && method.equals("POST"),
                toPrimero ? exchange.getProperty("TandemCase", JsonNode.class) : null);
    }

    @Override
    public Optional<JsonNode> known(String system, String path, String query) {
        if (!read || !system.equals("primero") || !path.startsWith(CASES)) {
            return Optional.empty();
        }
        String[] rest = path.substring(CASES.length()).split("/", -1);
        if (rest.length == 1) {
            return list(parameters(query));
        }
        String id = decoded(rest[1]);
        if (rest.length == 2 && query.isEmpty()) {
            return cases.byId(id).map(ReadingCalls::data);
        }
        return rest.length == 3 && rest[2].equals("referrals")
                ? cases.referralsOf(id).map(ReadingCalls::data)
                : Optional.empty();
    }

    /** The two questions of {@code routes/find-case}: which cases have this key, and whether there is any at all. */
    private Optional<JsonNode> list(Map<String, String> asked) {
        if (!all || !"1".equals(asked.get("page"))) {
            return Optional.empty();
        }
        if (asked.keySet().equals(Set.of("page", "per", "fields"))) {
            long total = cases.count();
            return total == 0 ? Optional.empty() : Optional.of(page(List.of(), asked, total));
        }
        return KEYS.entrySet().stream()
                .filter(key -> asked.keySet().equals(Set.of(key.getKey(), "page", "per")))
                .map(key -> cases.by(key.getValue(), asked.get(key.getKey())))
                .map(found -> page(found, asked, found.size()))
                .findFirst();
    }

    private static JsonNode page(List<JsonNode> rows, Map<String, String> asked, long total) {
        int per = Integer.parseInt(asked.get("per"));
        ArrayNode data = JsonNodeFactory.instance.arrayNode();
        rows.stream().limit(per).forEach(data::add);
        if (rows.isEmpty() && total > 0) {
            data.add(JsonNodeFactory.instance.objectNode());
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.set("data", data);
        answer.putObject("metadata").put("total", total).put("per", per).put("page", 1);
        return answer;
    }

    private static JsonNode data(JsonNode data) {
        return JsonNodeFactory.instance.objectNode().set("data", data);
    }

    @Override
    public void read(String system, String path, String query, JsonNode answer) {
        if (!system.equals("primero") || !path.startsWith(CASES)) {
            return;
        }
        String[] rest = path.substring(CASES.length()).split("/", -1);
        Map<String, String> asked = parameters(query);
        if (rest.length == 1 && asked.containsKey("order_by") && !asked.containsKey("fields")) {
            cases.keep(answer.path("data").valueStream().toList());
        } else if (rest.length == 3 && rest[2].equals("referrals")) {
            cases.keepReferrals(decoded(rest[1]), answer.path("data"));
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&")) {
            int at = pair.indexOf('=');
            if (at > 0) {
                parameters.put(pair.substring(0, at), decoded(pair.substring(at + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
