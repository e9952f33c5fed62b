package dev.tandem.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/** Which route calls which, through {@code direct:} and {@code seda:}, itself or by a bean that it hands the name to. */
final class RouteGraph {
    private static final Pattern ROUTE = Pattern.compile("\\b(?:direct|seda):[\\w-]+");

    private final CamelContext context;
    private final Map<String, String> begins = new HashMap<>();
    private final Map<String, Set<String>> calls = new HashMap<>();

    RouteGraph(CamelContext context, List<RouteDefinition> routes) {
        this.context = context;
        for (RouteDefinition route : routes) {
            begins.put(route.getRouteId(), target(route.getInput().getEndpointUri()));
            Set<String> called = RouteTexts.calls(route).stream()
                    .map(to -> target(to.getEndpointUri()))
                    .collect(Collectors.toSet());
            ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), BeanDefinition.class)
                    .forEach(bean -> called.addAll(handedOver(bean)));
            calls.put(route.getRouteId(), called);
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

    /** Where the routes begin that this one calls. */
    Set<String> calls(String route) {
        return calls.getOrDefault(route, Set.of());
    }

    /** Where a route begins, such as {@code direct:call-oscar}. */
    String beginning(String route) {
        return begins.getOrDefault(route, "");
    }

    /** The routes that a bean is given to call. */
    static Set<String> handedOver(BeanDefinition bean) {
        return ROUTE.matcher(Objects.requireNonNullElse(bean.getMethod(), ""))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    private String target(String uri) {
        return RouteTexts.address(context.resolvePropertyPlaceholders(uri));
    }
}
