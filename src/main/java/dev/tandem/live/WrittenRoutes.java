package dev.tandem.live;

import dev.tandem.settings.Nearest;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * What a file of routes must not say at all, looked for before Camel reads it: as soon as Camel reads or builds them, it makes
 * objects of the classes that a file names, whatever their constructors do.
 */
final class WrittenRoutes {
    private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration");
    private static final Set<String> ROOTS = Set.of("routes", "route", "routeConfigurations", "routeConfiguration");
    private static final List<String> CLASSES = List.of("#class:", "#type:");
    /** The innermost ones, where one stands in another. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\s*[?!]?([^{}]*)}}");
    /** What the language simple reads of the process instead of the message, wherever a step takes that language. */
    private static final Pattern SURROUNDINGS =
            Pattern.compile("\\$(?:simple)?\\{\\s*(?:env|sys|propert|type:|bean:type:)\\w*");

    /** Routes nest a dozen deep. A text with names for its own parts can be endless, or larger than any memory. */
    private static final int DEEPEST = 100;

    private static final int MOST_PARTS = 200_000;
    /** The reader copies all that it has of a text for each buffer: with its own of 1 kB a long one takes a minute. */
    private static final int BUFFER = 1 << 18;

    private static final String ONLY_ROUTES = "only routes may be written here";

    private final String file;
    private final Set<String> known;
    private final UnaryOperator<String> resolved;
    private final List<RouteFault> forbidden = new ArrayList<>();
    private final List<RouteFault> unknown = new ArrayList<>();
    private int parts;

    private WrittenRoutes(String file, Set<String> known, UnaryOperator<String> resolved) {
        this.file = file;
        this.known = known;
        this.resolved = resolved;
    }

    /**
     * What is wrong with one file.
     *
     * @param forbidden for any of these Camel must not even read it
     * @param unknown names in double braces that stand for nothing
     */
    record Faults(List<RouteFault> forbidden, List<RouteFault> unknown) {}

    /**
     * All of it in one file; a text that is no YAML or XML is a fault as well.
     *
     * @param known what may be named in double braces
     * @param resolved puts in the values of placeholders
     */
    static Faults faults(String file, String text, Set<String> known, UnaryOperator<String> resolved)
            throws XMLStreamException {
        WrittenRoutes written = new WrittenRoutes(file, known, resolved);
        if (file.endsWith(".xml")) {
            written.xml(text);
        } else {
            written.yaml(text);
        }
        return new Faults(written.forbidden, written.unknown);
    }

    private void yaml(String text) {
        LoadSettings settings =
                LoadSettings.builder().setLabel(file).setBufferSize(BUFFER).build();
        for (Node document : new Compose(settings).composeAllFromString(text)) {
            if (document instanceof SequenceNode entries) {
                entries.getValue().forEach(this::entry);
            } else {
                fault(line(document), "this is no list of routes", ONLY_ROUTES);
            }
            walk(document, 0);
        }
    }

    private void entry(Node entry) {
        if (!(entry instanceof MappingNode mapping)) {
            fault(line(entry), "this is no route", ONLY_ROUTES);
            return;
        }
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || !ENTRIES.contains(key.getValue())) {
                fault(
                        line(tuple.getKeyNode()),
                        tuple.getKeyNode() instanceof ScalarNode name
                                ? name.getValue() + " may not stand beside the routes"
                                : "this is no route",
                        ONLY_ROUTES);
            }
        }
    }

    private void walk(Node node, int depth) {
        if (tooMuch(line(node), depth)) {
            return;
        }
        if (node instanceof ScalarNode scalar) {
            word(scalar.getValue(), line(scalar));
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(part -> walk(part, depth + 1));
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().forEach(tuple -> {
                walk(tuple.getKeyNode(), depth + 1);
                walk(tuple.getValueNode(), depth + 1);
            });
        }
    }

    /** Told once; nothing more is looked at then. */
    private boolean tooMuch(int line, int depth) {
        if (parts > MOST_PARTS) {
            return true;
        }
        parts++;
        if (depth > DEEPEST || parts > MOST_PARTS) {
            parts = MOST_PARTS + 1;
            fault(
                    line,
                    depth > DEEPEST ? "this is nested too deeply, or within itself" : "this has too many parts",
                    "write it without names for parts of it (& and *)");
            return true;
        }
        return false;
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private void xml(String text) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
        boolean root = true;
        int depth = 0;
        while (reader.hasNext()) {
            reader.next();
            int line = reader.getLocation().getLineNumber();
            depth += reader.isStartElement() ? 1 : reader.isEndElement() ? -1 : 0;
            if (tooMuch(line, depth)) {
                return;
            }
            if (reader.isStartElement()) {
                if (root && !ROOTS.contains(reader.getLocalName())) {
                    fault(line, reader.getLocalName() + " may not stand here", ONLY_ROUTES);
                }
                root = false;
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    word(reader.getAttributeValue(i), line);
                }
            } else if (reader.isCharacters()) {
                word(reader.getText(), line);
            }
        }
    }

    private void word(String value, int line) {
        String meant = value.contains("{{") ? value + "\n" + resolved.apply(value) : value;
        Optional<String> found = CLASSES.stream().filter(meant::contains).findFirst();
        found.ifPresent(words ->
                fault(line, "an object by its class (" + words + ") may not be used", "name one of the beans"));
        Matcher surroundings = SURROUNDINGS.matcher(meant);
        if (surroundings.find()) {
            fault(
                    line,
                    "an expression with " + surroundings.group() + " reaches outside the message",
                    "use headers, body and beans");
        }
        PLACEHOLDER
                .matcher(value)
                .results()
                .map(placeholder -> placeholder.group(1).strip())
                .map(name -> name.contains(":") ? name.substring(0, name.indexOf(':')) : name)
                .filter(name -> !known.contains(name))
                .forEach(name -> unknown.add(new RouteFault(
                        file,
                        line,
                        "{{" + name + "}} is no setting that routes may name; logins, secrets and variables never are",
                        Nearest.to(name, known)
                                .map(near -> "did you mean " + near + "?")
                                .orElse("docs/reference/settings.md lists them"))));
    }

    private void fault(int line, String message, String whatToDo) {
        forbidden.add(new RouteFault(file, line, message, whatToDo));
    }
}
