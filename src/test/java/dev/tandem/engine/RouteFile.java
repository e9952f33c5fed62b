package dev.tandem.engine;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** A file of routes as it is written, before Camel makes anything of it: YAML and XML in one form. */
final class RouteFile {
    private static final Pattern ONE_DIRECT = Pattern.compile("direct:([a-z-]+)");
    /** Parts of a step that an operator sees by an id of their own. */
    private static final Set<String> BRANCHES = Set.of("when", "otherwise", "doCatch", "doFinally", "onFallback");
    /** In XML these stand among the steps and are none. */
    private static final Set<String> NO_STEPS =
            Set.of("from", "constant", "simple", "method", "header", "jsonpath", "description", "exception", "routes");

    final String name;
    final List<Map<String, Object>> routes = new ArrayList<>();
    final List<Map<String, Object>> configurations = new ArrayList<>();
    /** Steps and branches, each with its kind as {@code kind}. */
    final List<Map<String, Object>> steps = new ArrayList<>();

    final List<String> beans = new ArrayList<>();
    final List<String> called = new ArrayList<>();
    final List<String> offered = new ArrayList<>();

    private RouteFile(Path file) throws IOException {
        name = file.getFileName().toString();
        String text = Files.readString(file);
        if (name.endsWith(".xml")) {
            xml(text);
        } else {
            yaml(text);
        }
    }

    static List<RouteFile> all() {
        return in(Path.of("routes"));
    }

    static List<RouteFile> in(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            List<RouteFile> all = new ArrayList<>();
            for (Path file : files.filter(RouteFile::isOne).sorted().toList()) {
                all.add(new RouteFile(file));
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOne(Path file) {
        return file.toString().contains(".camel.");
    }

    private void yaml(String text) {
        Object tree = new Load(LoadSettings.builder().build()).loadFromString(text);
        for (Object entry : (List<?>) tree) {
            Map<String, Object> one = map(entry);
            if (one.containsKey("route")) {
                Map<String, Object> route = map(one.get("route"));
                routes.add(route);
                direct(map(route.get("from"))).ifPresent(offered::add);
                walk(route, true);
            } else {
                configurations.add(map(one.get("routeConfiguration")));
            }
        }
    }

    private void walk(Object node, boolean beginsRoute) {
        if (node instanceof List<?> list) {
            list.forEach(each -> walk(each, false));
        } else if (node instanceof Map<?, ?>) {
            Map<String, Object> map = map(node);
            if (map.get("ref") instanceof String ref) {
                beans.add(ref);
            }
            if (!beginsRoute) {
                direct(map).ifPresent(called::add);
            }
            map.forEach((key, value) -> {
                if (key.equals("steps")) {
                    ((List<?>) value).forEach(step -> map(step).forEach(this::step));
                } else if (BRANCHES.contains(key)) {
                    (value instanceof List<?> list ? list : List.of(value)).forEach(branch -> step(key, branch));
                }
                // What a route begins with is offered, not called.
                walk(value, beginsRoute && key.equals("from"));
            });
        }
    }

    private void step(String kind, Object body) {
        Map<String, Object> step = new LinkedHashMap<>(body instanceof Map<?, ?> ? map(body) : Map.of());
        step.put("kind", kind);
        steps.add(step);
    }

    private static java.util.Optional<String> direct(Map<String, Object> endpoint) {
        if ("direct".equals(endpoint.get("uri"))) {
            return java.util.Optional.of(
                    String.valueOf(map(endpoint.get("parameters")).get("name")));
        }
        Matcher uri = ONE_DIRECT.matcher(String.valueOf(endpoint.get("uri")));
        return uri.matches() ? java.util.Optional.of(uri.group(1)) : java.util.Optional.empty();
    }

    private void xml(String text) {
        try {
            Element root = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text)))
                    .getDocumentElement();
            elements(root).forEach(route -> {
                routes.add(attributes(route));
                elements(route)
                        .filter(step -> step.getTagName().equals("from"))
                        .forEach(from -> direct(attributes(from)).ifPresent(offered::add));
                walk(route);
            });
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void walk(Element parent) {
        elements(parent).forEach(element -> {
            Map<String, Object> step = attributes(element);
            if (step.get("ref") instanceof String ref) {
                beans.add(ref);
            }
            if (!NO_STEPS.contains(element.getTagName())) {
                step.put("kind", element.getTagName());
                steps.add(step);
                direct(step).ifPresent(called::add);
            }
            walk(element);
        });
    }

    private static Stream<Element> elements(Element parent) {
        Stream.Builder<Element> found = Stream.builder();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                found.add(element);
            }
        }
        return found.build();
    }

    private static Map<String, Object> attributes(Element element) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            values.put(
                    element.getAttributes().item(i).getNodeName(),
                    element.getAttributes().item(i).getNodeValue());
        }
        return values;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    @Override
    public String toString() {
        return name;
    }
}
