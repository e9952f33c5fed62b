package dev.tandem.live;

import dev.tandem.settings.Nearest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.OptionalIdentifiedDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;

/**
 * That flows and sources hang together: what is marked is delivered and the other way round, each by one route, and each source
 * can be swept by who asks for it.
 */
final class FlowChecks {
    private final CamelContext context;
    private final Consumer<RouteFault> faults;
    private final Map<String, RouteDefinition> delivered = new HashMap<>();
    private final Map<String, ProcessorDefinition<?>> marked = new HashMap<>();
    private final Set<String> sources = new HashSet<>();

    FlowChecks(CamelContext context, Consumer<RouteFault> faults) {
        this.context = context;
        this.faults = faults;
    }

    void check(List<RouteDefinition> routes) {
        for (RouteDefinition route : routes) {
            String from = route.getInput().getEndpointUri();
            if (RoutedFlows.is(from, "claim")) {
                String flow = option(from, "flow");
                if (delivered.putIfAbsent(flow, route) != null) {
                    fault(route, "the flow " + flow + " is delivered by another route too", "leave it to one of them");
                }
            }
            RouteTexts.calls(route).forEach(to -> call(to, RouteTexts.address(from)));
        }
        marked.forEach((flow, step) -> {
            if (!delivered.containsKey(flow)) {
                fault(
                        step,
                        "no route delivers the flow " + flow,
                        Nearest.to(flow, delivered.keySet())
                                .map(name -> "did you mean " + name + "?")
                                .orElse("write one that begins at ledger:claim, or do not mark it"));
            }
        });
        delivered.forEach((flow, route) -> {
            if (!marked.containsKey(flow)) {
                fault(
                        route,
                        "no route marks records of the flow " + flow,
                        "name it at the ledger:mark of the sweep that reads its source");
            }
        });
    }

    private void call(EndpointRequiredDefinition to, String from) {
        ProcessorDefinition<?> step = (ProcessorDefinition<?>) to;
        String uri = to.getEndpointUri();
        if (RoutedFlows.is(uri, "mark")) {
            RoutedFlows.names(option(uri, "flow")).forEach(flow -> marked.putIfAbsent(flow, step));
        } else if (RoutedFlows.is(uri, "begin-sweep")) {
            sweep(step, option(uri, "source"), from);
        }
    }

    private void sweep(ProcessorDefinition<?> step, String source, String from) {
        if (!from.startsWith("direct:")) {
            fault(
                    step,
                    "the sweep of " + source + " does not begin at a direct:, so that sync cannot ask for it",
                    "put the sweep into a route of its own, and let the schedule call that");
        }
        if (!sources.add(source)) {
            fault(step, "the source " + source + " is swept by another route too", "leave it to one of them");
        }
    }

    private String option(String uri, String name) {
        return RoutedFlows.options(context, uri).getOrDefault(name, "");
    }

    private void fault(OptionalIdentifiedDefinition<?> where, String message, String whatToDo) {
        faults.accept(RouteFault.at(where, message, whatToDo));
    }
}
