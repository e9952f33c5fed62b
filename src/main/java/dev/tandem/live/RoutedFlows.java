package dev.tandem.live;

import dev.tandem.files.EditedDirectory;
import dev.tandem.ledger.storage.Flow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * What the routes say of themselves: which flows they deliver, those that begin at {@code ledger:claim}, and which sources they
 * read, those with a step {@code ledger:begin-sweep}. Nothing else knows their names.
 *
 * @param flows by name
 * @param sources in the order in which they are to be read
 */
public record RoutedFlows(List<Flow> flows, List<Source> sources) {
    /**
     * A source that is read.
     *
     * @param entry the {@code direct:} at which its sweep begins, without {@code direct:}
     * @param after the source that is read before it, where both are
     */
    public record Source(String name, String entry, Optional<String> after) {}

    public static final RoutedFlows NONE = new RoutedFlows(List.of(), List.of());

    public RoutedFlows {
        flows = List.copyOf(flows);
        sources = List.copyOf(sources);
    }

    /** Of the routes of this context as they are now. */
    public static RoutedFlows of(ModelCamelContext context) {
        List<Flow> flows = new ArrayList<>();
        List<Source> sources = new ArrayList<>();
        for (RouteDefinition route : context.getRouteDefinitions()) {
            if (route.getInput() == null) {
                // Of a file that is just being written.
                continue;
            }
            String from = route.getInput().getEndpointUri();
            if (is(from, "claim")) {
                Map<String, String> options = options(context, from);
                flows.add(new Flow(options.getOrDefault("flow", ""), names(options.get("kinds"))));
            }
            if (RouteTexts.address(from).startsWith("direct:")) {
                RouteTexts.calls(route).stream()
                        .map(EndpointRequiredDefinition::getEndpointUri)
                        .filter(uri -> is(uri, "begin-sweep"))
                        .forEach(uri -> sources.add(source(options(context, uri), RouteTexts.address(from))));
            }
        }
        flows.sort(Comparator.comparing(Flow::name));
        return new RoutedFlows(flows, inOrder(sources));
    }

    /** Of routes that nobody runs; a file that cannot be read, or that says what no route may, says nothing. */
    public static RoutedFlows of(EditedDirectory routes, Allowed allowed) {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.setAutoStartup(false);
            context.disableJMX();
            for (Resource file : RouteTexts.resources(routes.texts())) {
                read(context, file, allowed);
            }
            return of(context);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void read(DefaultCamelContext context, Resource file, Allowed allowed) {
        try {
            if (WrittenRoutes.faults(
                            RouteTexts.name(file.getLocation()),
                            RouteTexts.text(file),
                            allowed,
                            any -> true,
                            Set.of(),
                            text -> RouteTexts.resolved(context, text).orElse(text))
                    .forbidden()
                    .isEmpty()) {
                PluginHelper.getRoutesLoader(context).loadRoutes(file);
            }
        } catch (Exception | Error e) {
            // `validate` and each edit say what is wrong with it.
        }
    }

    public List<String> names() {
        return flows.stream().map(Flow::name).toList();
    }

    public Optional<Source> source(String name) {
        return sources.stream().filter(source -> source.name().equals(name)).findFirst();
    }

    private static Source source(Map<String, String> options, String from) {
        return new Source(
                options.getOrDefault("source", ""),
                from.substring(from.indexOf(':') + 1),
                Optional.ofNullable(options.get("after")));
    }

    /** Those that come first; of others by name. */
    private static List<Source> inOrder(List<Source> sources) {
        List<Source> left = new ArrayList<>(sources);
        left.sort(Comparator.comparing(Source::name));
        List<Source> order = new ArrayList<>();
        while (!left.isEmpty()) {
            Set<String> names = left.stream().map(Source::name).collect(Collectors.toSet());
            Source next = left.stream()
                    .filter(source -> source.after().filter(names::contains).isEmpty())
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            order.add(next);
        }
        return order;
    }

    static boolean is(String uri, String action) {
        return RouteTexts.address(uri).equals("ledger:" + action);
    }

    static Map<String, String> options(CamelContext context, String uri) {
        Map<String, String> options = new HashMap<>();
        String query = uri.contains("?") ? uri.substring(uri.indexOf('?') + 1) : "";
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0 && Set.of("flow", "kinds", "source", "after").contains(pair.substring(0, equals))) {
                options.put(pair.substring(0, equals), context.resolvePropertyPlaceholders(plain(pair, equals)));
            }
        }
        return options;
    }

    private static String plain(String pair, int equals) {
        return java.net.URLDecoder.decode(pair.substring(equals + 1), java.nio.charset.StandardCharsets.UTF_8);
    }

    static Set<String> names(String list) {
        return list == null
                ? Set.of()
                : Arrays.stream(list.split(","))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
    }
}
