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
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** Maps a body with the version of the mappings that its exchange began with. */
final class MappingProducer extends DefaultProducer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Mappings mappings;
    private final String name;
    private final List<String> properties;

    MappingProducer(Endpoint endpoint, Mappings mappings, String name, List<String> properties) {
        super(endpoint);
        this.properties = properties;
        this.mappings = mappings;
        this.name = name;
    }

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage().setBody(pinned(exchange).apply(name, input(exchange)));
    }

    private MappingSet pinned(Exchange exchange) {
        MappingSet pinned = exchange.getProperty(Mappings.PINNED, MappingSet.class);
        if (pinned == null) {
            pinned = mappings.current();
            exchange.setProperty(Mappings.PINNED, pinned);
        }
        return pinned;
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
