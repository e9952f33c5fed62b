package dev.tandem.mapping;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * {@code mapping:<name>}: replaces the body by what the mapping makes of it; with the option {@code of}, names of exchange
 * properties with commas, of the object that holds these.
 */
@Component("mapping")
public final class MappingComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        String of = getAndRemoveParameter(parameters, "of", String.class, "");
        List<String> properties = Arrays.stream(of.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        MappingEndpoint endpoint = new MappingEndpoint(uri, this, remaining, properties);
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
