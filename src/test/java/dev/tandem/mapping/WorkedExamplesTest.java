package dev.tandem.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract mapping-facts §9: from a record to the bodies that are sent, through effects and the mapping of each kind. */
class WorkedExamplesTest {
    @ParameterizedTest
    @ValueSource(strings = {"P1", "P2", "P3"})
    void a_primero_case_becomes_exactly_these_requests(String name) {
        JsonNode example = TheMappings.resource("worked/" + name + ".json");
        List<JsonNode> bodies = new ArrayList<>();
        for (JsonNode effect : TheMappings.SET.apply("primero-to-oscar/effects", example.get("input"))) {
            if (!effect.has("confirmed")) {
                assertThat(effect.has("parks") || effect.has("waits")).isFalse();
                bodies.add(TheMappings.SET.apply(
                        "primero-to-oscar/" + effect.get("kind").asText(), effect));
            }
        }
        assertThat(JsonDifference.between(example.get("bodies"), array(bodies), false))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"O1", "O2", "O3"})
    void an_oscar_client_becomes_exactly_these_requests(String name) {
        JsonNode example = TheMappings.resource("worked/" + name + ".json");
        ObjectNode data = TheMappings.JSON.createObjectNode();
        List<JsonNode> rows = new ArrayList<>();
        List<JsonNode> referrals = new ArrayList<>();
        for (JsonNode effect : TheMappings.SET.apply("oscar-to-primero/effects", example.get("input"))) {
            String kind = effect.get("kind").asText();
            assertThat(effect.has("parks") || effect.has("waits")).isFalse();
            JsonNode part = TheMappings.SET.apply(
                    "oscar-to-primero/" + (kind.equals("decision") ? "decision-row" : kind), effect);
            part.path("fields").properties().forEach(field -> data.set(field.getKey(), field.getValue()));
            if (part.has("row")) {
                rows.add(part.get("row"));
            }
            for (JsonNode referral : effect.path("referrals")) {
                ObjectNode patch = TheMappings.JSON.createObjectNode();
                patch.set("id", referral.get("id"));
                patch.set("data", TheMappings.SET.apply("oscar-to-primero/decision-referral", effect));
                referrals.add(patch);
            }
        }
        assertThat(JsonDifference.between(example.get("referrals"), array(referrals), false))
                .isEmpty();
        ObjectNode wanted = example.get("data").deepCopy();
        assertThat(rows).containsExactlyInAnyOrderElementsOf(wanted.remove("services_section"));
        assertThat(JsonDifference.between(wanted, data, false)).isEmpty();
    }

    private static ArrayNode array(List<JsonNode> nodes) {
        return TheMappings.JSON.createArrayNode().addAll(nodes);
    }
}
