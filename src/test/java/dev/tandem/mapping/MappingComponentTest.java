package dev.tandem.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingComponentTest {
    @TempDir
    Path temp;

    private Directory dir;
    private Mappings mappings;
    private CamelContext context;

    @BeforeEach
    void make() {
        dir = Directory.in(temp).with("flow/m.jslt", "{\"version\": 1, \"x\": .x}");
        mappings = new Mappings(dir.load());
        context = new DefaultCamelContext();
        context.getRegistry().bind("mappings", mappings);
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void route(String... uris) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to(uris);
            }
        });
        context.start();
    }

    private Object map(Object body) {
        return context.createProducerTemplate().requestBody("direct:in", body);
    }

    @Test
    void text_bytes_maps_and_trees_become_what_the_mapping_makes_of_them() throws Exception {
        route("mapping:flow/m");
        JsonNode mapped = TheMappings.json("{'version': 1, 'x': 'ក'}");
        assertThat(map("{\"x\": \"ក\"}")).isEqualTo(mapped);
        assertThat(map("{\"x\": \"ក\"}".getBytes(UTF_8))).isEqualTo(mapped);
        assertThat(map(Map.of("x", "ក"))).isEqualTo(mapped);
        assertThat(map(TheMappings.json("{'x': 'ក'}"))).isEqualTo(mapped);
    }

    @Test
    void an_exchange_finishes_on_the_version_that_it_began_with() throws Exception {
        context.getRegistry().bind("edit", (org.apache.camel.Processor) exchange ->
                mappings.replace(dir.with("flow/m.jslt", "{\"version\": 2}").load()));
        route("mapping:flow/m", "bean:edit", "mapping:flow/m");
        assertThat(map("{}")).isEqualTo(TheMappings.json("{'version': 1}"));
        assertThat(map("{}")).isEqualTo(TheMappings.json("{'version': 2}"));
    }

    @Test
    void a_version_pinned_by_whoever_began_the_exchange_is_kept() throws Exception {
        MappingSet first = mappings.current();
        mappings.replace(dir.with("flow/m.jslt", "{\"version\": 2}").load());
        route("mapping:flow/m");
        Exchange exchange = context.createProducerTemplate().request("direct:in", e -> {
            e.setProperty("TandemMappings", first);
            e.getMessage().setBody("{}");
        });
        assertThat(exchange.getMessage().getBody()).isEqualTo(TheMappings.json("{'version': 1}"));
    }

    @Test
    void a_misspelt_mapping_stops_the_start_and_names_those_that_there_are() {
        assertThatThrownBy(() -> route("mapping:flow/n"))
                .rootCause()
                .hasMessage("there is no mapping \"flow/n\"; there are flow/m");
    }

    @Test
    void a_body_that_is_not_json_parks_without_being_quoted() throws Exception {
        route("mapping:flow/m");
        Exchange exchange = context.createProducerTemplate()
                .request("direct:in", e -> e.getMessage().setBody("<html>Sokha</html>"));
        assertThat(exchange.getException())
                .hasMessage("what came to the mapping flow/m is not JSON")
                .hasNoCause();
    }
}
