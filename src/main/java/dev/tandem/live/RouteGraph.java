package dev.tandem.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;

/** Which route calls which, through {@code direct:} and {@code seda:}. */
final class RouteGraph {
    private final CamelContext context;
    private final Map<String, String> begins = new HashMap<>();
    private final Map<String, Set<String>> calls = new HashMap<>();

    RouteGraph(CamelContext context, List<RouteDefinition> routes) {
        this.context = context;
        for (RouteDefinition route : routes) {
            begins.put(route.getRouteId(), target(route.getInput().getEndpointUri()));
            calls.put(
                    route.getRouteId(),
                    RouteTexts.calls(route).stream()
                            .map(to -> target(to.getEndpointUri()))
                            .collect(Collectors.toSet()));
        }
    }

    /** These routes and all from which one of them can be reached. */
    Set<String> reaching(Set<String> routes) {
        Set<String> affected = new HashSet<>(routes);
        affected.retainAll(begins.keySet());
        List<String> open = new ArrayList<>(affected);
        while (!open.isEmpty()) {
            String target = begins.get(open.remove(open.size() - 1));
            calls.forEach((route, called) -> {
                if (called.contains(target) && affected.add(route)) {
                    open.add(route);
                }
            });
        }
        return affected;
    }

    /** Where a route begins, such as {@code direct:call-oscar}. */
    String beginning(String route) {
        return begins.getOrDefault(route, "");
    }

    private String target(String uri) {
        return RouteTexts.address(context.resolvePropertyPlaceholders(uri));
    }
}
