package dev.tandem.live;

import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A file of routes as it is written, YAML or XML alike: a word with a text, parts, or both. Reading it makes no object, opens
 * nothing and ends, whatever the file says.
 */
final class Written {
    /** Routes nest a dozen deep. A text with names for its own parts can be endless, or larger than any memory. */
    private static final int DEEPEST = 100;

    private static final int MOST_PARTS = 200_000;
    /** The longest that ships is a tenth of it. */
    private static final int LONGEST = 64 * 1024;
    /** The reader copies all that it has of a text for each buffer: with its own of 1 kB a long one takes a minute. */
    private static final int BUFFER = 1 << 18;

    private static final String NAMESPACES = "http://camel.apache.org/schema/";

    /** What cannot be looked at, and so must not be read by anybody. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final int line;
        private final String whatToDo;

        Unreadable(int line, String message, String whatToDo) {
            super(message);
            this.line = line;
            this.whatToDo = whatToDo;
        }

        RouteFault in(String file) {
            return new RouteFault(file, line, getMessage(), whatToDo);
        }
    }

    final String name;
    final int line;
    final List<Written> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Written(String name, int line) {
        this.name = name;
        this.line = line;
    }

    /** Its parts are what the file begins with: of XML its root, of YAML the entries of its list. */
    static Written of(String file, String text) throws Unreadable, XMLStreamException {
        Written all = new Written("", 0);
        if (file.endsWith(".xml")) {
            all.xml(text);
        } else {
            all.yaml(file, text);
        }
        return all;
    }

    String text() {
        return text.toString();
    }

    /** The texts of the parts of this name. */
    List<String> texts(String part) {
        return parts.stream()
                .filter(one -> one.name.equals(part))
                .map(Written::text)
                .toList();
    }

    Stream<Written> within() {
        return Stream.concat(Stream.of(this), parts.stream().flatMap(Written::within));
    }

    private void yaml(String file, String text) throws Unreadable {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setBufferSize(BUFFER)
                .setAllowNonScalarKeys(true)
                .build();
        Counter counter = new Counter();
        for (Node document : new Compose(settings).composeAllFromString(text)) {
            if (!(document instanceof SequenceNode entries)) {
                throw new Unreadable(line(document), "this is no list of routes", "only routes may be written here");
            }
            for (Node entry : entries.getValue()) {
                yaml(this, entry, counter, 1);
            }
        }
    }

    private static void yaml(Written in, Node node, Counter counter, int depth) throws Unreadable {
        counter.count(line(node), depth);
        if (!node.getTag().getValue().startsWith("tag:yaml.org,2002:")) {
            throw new Unreadable(line(node), "this has a tag of its own", "write it without");
        }
        if (node instanceof ScalarNode scalar) {
            in.add(scalar.getValue(), line(scalar));
        } else if (node instanceof SequenceNode sequence) {
            for (Node each : sequence.getValue()) {
                Written part = new Written(in.name, line(each));
                in.parts.add(part);
                yaml(part, each, counter, depth + 1);
            }
        } else if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                    throw new Unreadable(line(tuple.getKeyNode()), "this is no route", "a word stands before a colon");
                }
                // As Camel takes it.
                Written part = new Written(StringHelper.dashToCamelCase(key.getValue()), line(key));
                in.parts.add(part);
                yaml(part, tuple.getValueNode(), counter, depth + 1);
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(-1) + 1;
    }

    private void xml(String text) throws Unreadable, XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new StringReader(text));
        Counter counter = new Counter();
        Deque<Written> open = new ArrayDeque<>();
        open.push(this);
        while (reader.hasNext()) {
            int event = reader.next();
            int line = reader.getLocation().getLineNumber();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                throw new Unreadable(line, "a document type or an entity may not be used", "write the text itself");
            } else if (reader.isStartElement()) {
                counter.count(line, open.size());
                namespace(reader.getNamespaceURI(), reader.getLocalName(), line);
                Written part = new Written(reader.getLocalName(), line);
                open.element().parts.add(part);
                open.push(part);
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    counter.count(line, open.size());
                    namespace(reader.getAttributeNamespace(i), reader.getAttributeLocalName(i), line);
                    Written attribute = new Written(reader.getAttributeLocalName(i), line);
                    part.parts.add(attribute);
                    attribute.add(reader.getAttributeValue(i), line);
                }
            } else if (reader.isEndElement()) {
                open.pop();
            } else if (reader.isCharacters()) {
                // Comments divide a text only for who reads it, so the pieces count as one.
                open.element().add(reader.getText(), line);
            }
        }
    }

    private static void namespace(String namespace, String name, int line) throws Unreadable {
        if (namespace != null && !namespace.isEmpty() && !namespace.startsWith(NAMESPACES)) {
            throw new Unreadable(
                    line, name + " is of another namespace, " + namespace, "only words of Camel's routes may be used");
        }
    }

    private void add(String more, int line) throws Unreadable {
        if (text.length() + more.length() > LONGEST) {
            throw new Unreadable(line, "a text here is longer than " + LONGEST + " characters", "divide it");
        }
        text.append(more);
    }

    private static final class Counter {
        private int parts;

        void count(int line, int depth) throws Unreadable {
            if (depth > DEEPEST || ++parts > MOST_PARTS) {
                throw new Unreadable(
                        line,
                        depth > DEEPEST ? "this is nested too deeply, or within itself" : "this has too many parts",
                        "write it without names for parts of it (& and *)");
            }
        }
    }
}
