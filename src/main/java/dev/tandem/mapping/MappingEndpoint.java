package dev.tandem.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.outcome.Unmappable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One mapping, by its name: maps a body with the version of the mappings that its exchange began with. */
final class MappingEndpoint extends DefaultEndpoint {
    private static final ObjectMapper JSON = new ObjectMapper();

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
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                exchange.getMessage().setBody(mappings.pinned(exchange).apply(name, input(exchange)));
            }
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new IllegalArgumentException("mapping: cannot stand in from, only in to");
    }

    @Override
    protected String createEndpointUri() {
        return "mapping:" + name + (properties.isEmpty() ? "" : "?of=" + String.join(",", properties));
    }

    private JsonNode input(Exchange exchange) {
        if (properties.isEmpty()) {
            return json(exchange, exchange.getMessage().getBody());
        }
        ObjectNode input = JSON.createObjectNode();
        properties.forEach(property -> input.set(property, json(exchange, exchange.getProperty(property))));
        return input;
    }

    private JsonNode json(Exchange exchange, Object body) {
        if (body == null) {
            return NullNode.instance;
        }
        if (body instanceof JsonNode node) {
            return node;
        }
        if (body instanceof Map || body instanceof Collection) {
            return JSON.valueToTree(body);
        }
        String text = exchange.getContext().getTypeConverter().convertTo(String.class, exchange, body);
        try {
            return JSON.readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            // Not as the cause: Jackson's messages quote the text.
            throw new Unmappable("not-json", name, "what came to the mapping " + name + " is not JSON", text);
        }
    }
}
