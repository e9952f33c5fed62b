package dev.tandem.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A connection that the server has just closed makes no call a lost answer, and no referral is sent on an old one. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StaleConnectionTest {
    private static final String UPSERT = "/api/v1/organizations/clients/upsert";

    private static Exchange upsert(CallBench bench) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("organization").put("external_id", "a");
        return bench.context()
                .createFluentProducerTemplate()
                .withHeader("CamelHttpMethod", "POST")
                .withHeader("CamelHttpPath", UPSERT)
                .withExchangeProperty(Answers.ONLY_ONCE, true)
                .withBody(body)
                .to("direct:call-oscar")
                .send();
    }

    @ParameterizedTest
    @EnumSource
    void calls_that_can_be_repeated_are_repeated_once_on_a_new_connection(IdlingServer.Ending ending) throws Exception {
        try (IdlingServer server = new IdlingServer(ending, "{\"data\":{\"id\":\"a\"}}");
                CallBench bench = CallBench.primeroAt(server.url())) {
            for (int i = 0; i < 4; i++) {
                for (String method : new String[] {"GET", "PATCH"}) {
                    Object body = method.equals("GET")
                            ? null
                            : JsonNodeFactory.instance.objectNode().put("age", 9);
                    Exchange done = bench.call("primero", method, "/api/v2/cases/a", body);
                    assertThat(done.getException()).as("%s %s", method, i).isNull();
                }
                server.endIdleOnes();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_must_not_be_sent_twice_goes_first_on_its_connection_and_once(IdlingServer.Ending ending)
            throws Exception {
        try (IdlingServer server = new IdlingServer(ending, "{\"external_id\":\"a\",\"message\":\"Record saved.\"}");
                CallBench bench = CallBench.oscarAt(server.url())) {
            for (int i = 0; i < 3; i++) {
                bench.get("oscar");
                assertThat(upsert(bench).getException()).isNull();
            }
            assertThat(server.requests())
                    .filteredOn(request -> request.target().startsWith(UPSERT))
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request.onConnection()).isEqualTo(1));
        }
    }

    @Test
    void the_others_share_a_connection_as_long_as_it_lives() throws Exception {
        try (IdlingServer server = new IdlingServer(IdlingServer.Ending.NONE, "{\"data\":{\"id\":\"a\"}}");
                CallBench bench = CallBench.primeroAt(server.url())) {
            for (int i = 0; i < 3; i++) {
                assertThat(bench.get("primero").getException()).isNull();
            }
            assertThat(server.requests())
                    .extracting(IdlingServer.Request::onConnection)
                    .containsExactly(1, 2, 3);
        }
    }
}
