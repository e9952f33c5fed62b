package dev.tandem.mapping;

import java.util.List;
import java.util.TreeSet;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** One mapping, by its name. */
final class MappingEndpoint extends DefaultEndpoint {
    private final String name;
    private final List<String> properties;

    /** @param properties of the exchange, which the mapping gets as one object; if there are none, it gets the body */
    MappingEndpoint(String uri, Component component, String name, List<String> properties) {
        super(uri, component);
        this.name = name;
        this.properties = List.copyOf(properties);
    }

    /** Called at start, so that a misspelt name stops the start and not the first record. */
    @Override
    public Producer createProducer() {
        Mappings mappings = getCamelContext().getRegistry().findSingleByType(Mappings.class);
        if (mappings == null) {
            throw new IllegalStateException("no mappings are loaded: a bean of the type Mappings is needed");
        }
        if (!mappings.current().has(name)) {
            throw new IllegalArgumentException("there is no mapping \"" + name + "\"; there are "
                    + String.join(", ", new TreeSet<>(mappings.current().names())));
        }
        return new MappingProducer(this, mappings, name, properties);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException("mapping: cannot stand in from, only in to");
    }

    @Override
    protected String createEndpointUri() {
        return "mapping:" + name + (properties.isEmpty() ? "" : "?of=" + String.join(",", properties));
    }
}
