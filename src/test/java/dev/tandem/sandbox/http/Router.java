package dev.tandem.sandbox.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Finds the route of a call. A literal part of a path goes before a named one, whatever the order of registration. */
final class Router {
    record Match(String template, Map<String, String> values, Handler handler) {}

    private record Route(String method, String template, List<String> parts, Handler handler) {
        long named() {
            return parts.stream().filter(part -> part.startsWith(":")).count();
        }
    }

    private final List<Route> routes = new CopyOnWriteArrayList<>();

    void add(String method, String template, Handler handler) {
        routes.add(new Route(method, template, parts(template), handler));
    }

    Match match(String method, String path) {
        List<String> parts = parts(path);
        Match best = null;
        long fewest = Long.MAX_VALUE;
        for (Route route : routes) {
            if (!route.method().equals(method) || route.parts().size() != parts.size() || route.named() >= fewest) {
                continue;
            }
            Map<String, String> values = values(route.parts(), parts);
            if (values != null) {
                best = new Match(route.template(), values, route.handler());
                fewest = route.named();
            }
        }
        return best == null ? new Match(path, Map.of(), null) : best;
    }

    private static Map<String, String> values(List<String> template, List<String> parts) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            if (template.get(i).startsWith(":")) {
                values.put(template.get(i).substring(1), parts.get(i));
            } else if (!template.get(i).equals(parts.get(i))) {
                return null;
            }
        }
        return values;
    }

    /** A slash at the end changes nothing. */
    private static List<String> parts(String path) {
        return List.of(path.replaceAll("^/+|/+$", "").split("/"));
    }
}
