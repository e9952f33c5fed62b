package dev.tandem.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.call.PlannedCalls;
import dev.tandem.ledger.effects.Proposal;
import dev.tandem.ledger.items.Work;
import dev.tandem.ledger.route.Carried;
import dev.tandem.operation.report.PlanReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Exchange;

/** Writes down the calls that a plan does not make. */
final class Planner implements PlannedCalls {
    static final String MASKED = "...";

    private final boolean showValues;
    private final List<PlanReport.Call> calls = Collections.synchronizedList(new ArrayList<>());

    Planner(boolean showValues) {
        this.showValues = showValues;
    }

    @Override
    public void planned(Exchange exchange, String system, String method, JsonNode body) {
        Work work = exchange.getProperty(Carried.WORK, Work.class);
        if (work == null) {
            return;
        }
        Map<String, String> fields = new TreeMap<>();
        leaves("", body, fields);
        calls.add(new PlanReport.Call(work.flow(), work.record(), system, method, effects(exchange), fields));
    }

    List<PlanReport.Call> calls() {
        return List.copyOf(calls);
    }

    private static List<String> effects(Exchange exchange) {
        List<?> granted = exchange.getProperty(Carried.GRANTED, List.of(), List.class);
        return granted.stream().map(Proposal.class::cast).map(Proposal::key).toList();
    }

    private void leaves(String pointer, JsonNode node, Map<String, String> fields) {
        if (node.isObject()) {
            node.properties().forEach(field -> leaves(pointer + "/" + field.getKey(), field.getValue(), fields));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                leaves(pointer + "/" + i, node.get(i), fields);
            }
        } else if (!node.isMissingNode()) {
            fields.put(pointer, showValues ? node.asText() : MASKED);
        }
    }
}
