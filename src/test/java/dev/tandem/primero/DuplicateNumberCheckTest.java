package dev.tandem.primero;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.ledger.route.Carried;
import dev.tandem.outcome.Refused;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class DuplicateNumberCheckTest {
    private static final String OWN = "{'id': 'own', 'oscar_number': 'N 1', 'record_state': true}";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    @Test
    void it_asks_for_the_cases_with_the_number_of_the_client() {
        ask();
        assertThat(exchange.getMessage().getHeader("CamelHttpQuery")).isEqualTo("oscar_number=N%201&page=1&per=20");
    }

    @Test
    void a_link_goes_on_if_no_other_enabled_case_has_the_number() {
        answered(OWN, "{'id': 'disabled', 'oscar_number': 'N 1', 'record_state': false}");
        assertThat(exchange.getMessage().getBody(JsonNode.class).at("/case/id").asText())
                .isEqualTo("own");
        // Primero matches numbers loosely: what it gives is looked at.
        answered(OWN, "{'id': 'similar', 'oscar_number': 'N 10', 'record_state': true}");
    }

    @Test
    void with_another_enabled_case_of_that_number_it_is_a_persons_turn() {
        assertThatThrownBy(() -> answered(OWN, "{'id': 'other', 'oscar_number': 'N 1', 'record_state': true}"))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("two-cases"));
    }

    private void ask() {
        exchange.setProperty(
                Carried.CANDIDATE, json("{'case': {'id': 'own'}, 'link': {'global_id': 'N 1'}, 'kind': 'link'}"));
        new DuplicateNumberCheck().ask(exchange);
    }

    private void answered(String... cases) {
        ask();
        exchange.getMessage()
                .setBody(json("{'data': [" + String.join(",", cases) + "], 'metadata': {'total': " + cases.length
                        + ", 'per': 20, 'page': 1}}"));
        new DuplicateNumberCheck().answered(exchange);
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text.replace('\'', '"'));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
