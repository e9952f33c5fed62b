package dev.tandem.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoutePlaceholdersTest {
    /** Each names something that every process has. */
    @ParameterizedTest
    @ValueSource(strings = {"PATH", "path", "java.home", "user.dir"})
    void nothing_of_the_process_has_a_name_in_braces(String name) throws Exception {
        try (DefaultCamelContext context = context()) {
            assertThatThrownBy(() -> context.resolvePropertyPlaceholders("{{" + name + "}}"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** Without functions what follows the colon is what Camel takes for want of a value. */
    @ParameterizedTest
    @ValueSource(strings = {"env:PATH", "sys:java.home", "service:HOSTNAME", "boolean:nonsense", "bean:nobody"})
    void no_function_is_called(String function) throws Exception {
        try (DefaultCamelContext context = context()) {
            assertThat(context.resolvePropertyPlaceholders("{{" + function + "}}"))
                    .isEqualTo(function.substring(function.indexOf(':') + 1));
        }
    }

    @Test
    void what_it_is_given_has_its_value() throws Exception {
        try (DefaultCamelContext context = context()) {
            assertThat(context.resolvePropertyPlaceholders("every {{tandem.lease}}"))
                    .isEqualTo("every 15m");
        }
    }

    private static DefaultCamelContext context() {
        DefaultCamelContext context = new DefaultCamelContext();
        context.setPropertiesComponent(new RoutePlaceholders());
        Properties values = new Properties();
        values.setProperty("tandem.lease", "15m");
        context.getPropertiesComponent().setOverrideProperties(values);
        context.start();
        return context;
    }
}
