package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.outcome.Unmappable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract mapping-facts R1: one strange value parks its own effect, and never the whole record. */
class StrangeValuesTest {
    private static final List<JsonNode> STRANGE = List.of(
            TheMappings.json("null"),
            TheMappings.json("''"),
            TheMappings.json("'x y'"),
            TheMappings.json("-1.5"),
            TheMappings.json("true"),
            TheMappings.json("[]"),
            TheMappings.json("[null]"),
            TheMappings.json("{}"));

    @ParameterizedTest
    @ValueSource(strings = {"P1", "P2", "P3", "O1", "O2", "O3"})
    void no_single_strange_value_stops_the_decision_what_is_owed(String name) {
        JsonNode input = TheMappings.resource("worked/" + name + ".json").get("input");
        String flow = name.startsWith("P") ? "primero-to-oscar" : "oscar-to-primero";
        List<String> failed = new ArrayList<>();
        AtomicInteger tried = new AtomicInteger();
        everywhere(input, "$", path -> {
            tried.incrementAndGet();
            try {
                assertThat(TheMappings.SET.apply(flow + "/effects", input).isArray())
                        .isTrue();
            } catch (Unmappable e) {
                failed.add(path + ": " + e.getMessage());
            }
        });
        assertThat(failed).isEmpty();
        assertThat(tried).hasValueGreaterThan(100);
    }

    /** Puts each strange value in each place of the tree in turn, and the old one back. */
    private static void everywhere(JsonNode node, String path, Consumer<String> visit) {
        if (node instanceof ObjectNode object) {
            for (String key : List.copyOf(
                    object.propertyStream().map(java.util.Map.Entry::getKey).toList())) {
                JsonNode old = object.get(key);
                for (JsonNode strange : STRANGE) {
                    object.set(key, strange);
                    visit.accept(path + "." + key + " = " + strange);
                }
                object.set(key, old);
                everywhere(old, path + "." + key, visit);
            }
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode old = array.get(i);
                for (JsonNode strange : STRANGE) {
                    array.set(i, strange);
                    visit.accept(path + "[" + i + "] = " + strange);
                }
                array.set(i, old);
                everywhere(old, path + "[" + i + "]", visit);
            }
        }
    }
}
