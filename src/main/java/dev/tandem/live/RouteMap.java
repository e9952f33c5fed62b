package dev.tandem.live;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;

/** The routes in force as a picture needs them: which one calls which. */
public final class RouteMap {
    /**
     * One route.
     *
     * @param from where it begins, without options
     * @param calls the ids of those it calls
     * @param serves the flows and source systems that it names to the ledger
     */
    public record Node(String id, String description, String from, Set<String> calls, Set<String> serves) {}

    private static final Pattern SERVES = Pattern.compile("^ledger:.*[?&](?:flow|source)=([\\w-]+)");

    private RouteMap() {}

    /** By id. */
    public static List<Node> of(ModelCamelContext context) {
        List<RouteDefinition> routes = context.getRouteDefinitions().stream()
                .filter(route -> route.getInput() != null)
                .toList();
        RouteGraph graph = new RouteGraph(context, routes);
        return routes.stream()
                .map(route -> new Node(
                        route.getRouteId(),
                        Objects.requireNonNullElse(route.getDescriptionText(), ""),
                        graph.beginning(route.getRouteId()),
                        called(graph, routes, route),
                        served(route)))
                .sorted(Comparator.comparing(Node::id))
                .toList();
    }

    private static Set<String> served(RouteDefinition route) {
        return Stream.concat(
                        Stream.of(route.getInput().getEndpointUri()),
                        RouteTexts.calls(route).stream().map(EndpointRequiredDefinition::getEndpointUri))
                .map(SERVES::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> called(RouteGraph graph, List<RouteDefinition> routes, RouteDefinition route) {
        Set<String> called = new TreeSet<>();
        routes.forEach(other -> {
            if (graph.calls(route.getRouteId()).contains(graph.beginning(other.getRouteId()))) {
                called.add(other.getRouteId());
            }
        });
        return called;
    }
}
