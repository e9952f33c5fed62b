package dev.tandem.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of an event's body, and what is refused. */
class EventBodiesTest {
    private static final String ID = "0b5c0d52-1f30-4d4a-9b54-0a0000000001";

    @Test
    void of_a_case_its_id_is_taken_in_lower_case_and_nothing_else() {
        Exchange taken = cases("{\"data\":{\"record_id\":\"" + ID.toUpperCase(java.util.Locale.ROOT)
                + "\",\"record_type\":\"case\",\"name\":\"Example\"}}");

        assertThat(taken.getMessage().getBody()).isEqualTo(ID);
        assertThat(taken.isRouteStop()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":{\"record_type\":\"case\"}}",
                "{\"data\":{\"record_id\":\"1\",\"record_type\":\"case\"}}",
                "{\"data\":{\"record_id\":\"" + ID + "\",\"record_type\":\"incident\"}}",
                "{\"data\":{\"record_id\":\"" + ID + "\",\"record_type\":\"case\"}} more",
                "{\"data\":{\"record_id\":\"" + ID + "\",\"record_id\":\"" + ID + "\",\"record_type\":\"case\"}}"
            })
    void a_body_that_does_not_name_a_case_is_refused_without_being_quoted(String body) {
        refused(cases(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":{\"global_ids\":[\"01SYNTHETIC1\",\"01SYNTHETIC2\"]}}",
                "{\"global_ids\":[\"01SYNTHETIC1\",\"01SYNTHETIC2\"]}",
                "{\"global_id\":\"01SYNTHETIC1\",\"data\":{\"global_id\":\"01SYNTHETIC2\",\"name\":\"Example\"}}"
            })
    void of_clients_the_global_ids_are_taken_wherever_they_are(String body) {
        assertThat(clients(body).getMessage().getBody()).isEqualTo(List.of("01SYNTHETIC1", "01SYNTHETIC2"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"global_ids\":[]}",
                "{\"global_ids\":[null]}",
                "{\"global_ids\":[\"a b\"]}",
                "{\"global_ids\":\"01SYNTHETIC1\"}"
            })
    void a_body_that_does_not_name_clients_is_refused(String body) {
        refused(clients(body));
    }

    @Test
    void a_thousand_clients_are_taken_and_one_more_is_refused() {
        assertThat((List<?>) clients(many(1000)).getMessage().getBody()).hasSize(1000);
        refused(clients(many(1001)));
    }

    private static String many(int count) {
        return "{\"global_ids\":[" + String.join(",", Collections.nCopies(count, "\"01SYNTHETIC1\"")) + "]}";
    }

    private static void refused(Exchange exchange) {
        assertThat(exchange.isRouteStop()).isTrue();
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(400);
        assertThat(exchange.getMessage().getBody(String.class))
                .startsWith("{\"error\":")
                .doesNotContain(ID);
    }

    private static Exchange cases(String body) {
        return taken(body, Events::ofCase);
    }

    private static Exchange clients(String body) {
        return taken(body, Events::ofClients);
    }

    private static Exchange taken(String body, BiConsumer<Events, Exchange> how) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(new ByteArrayInputStream(body.getBytes(UTF_8)));
        how.accept(new Events(), exchange);
        return exchange;
    }
}
