package dev.tandem.live;

import dev.tandem.mapping.Mappings;
import org.apache.camel.model.ModelCamelContext;

/** Makes contexts that know everything that a route may name, but start none of their routes. */
@FunctionalInterface
public interface DryContexts {
    /** A new one, not started; whoever asks for it closes it. */
    ModelCamelContext open(Mappings mappings);
}
