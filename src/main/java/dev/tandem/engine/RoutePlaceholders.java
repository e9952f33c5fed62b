package dev.tandem.engine;

import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/**
 * What a name in double braces stands for in routes: what it is given, out of {@link RouteWords#placeholders}, and nothing
 * else. Camel itself would look into the environment first, under the setting's own variable, where a value may be one that only the
 * settings understand ({@code off}), none at all, or a secret; and it has functions that read variables, system properties and
 * the addresses that Kubernetes sets.
 */
final class RoutePlaceholders extends PropertiesComponent {
    RoutePlaceholders() {
        setEnvironmentVariableMode(ENVIRONMENT_VARIABLES_MODE_NEVER);
        setSystemPropertiesMode(SYSTEM_PROPERTIES_MODE_NEVER);
        setAutoDiscoverPropertiesSources(false);
    }

    @Override
    public PropertiesFunction getPropertiesFunction(String name) {
        return null;
    }

    @Override
    public boolean hasPropertiesFunction(String name) {
        return false;
    }
}
