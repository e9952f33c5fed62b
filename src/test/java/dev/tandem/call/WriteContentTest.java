package dev.tandem.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.outcome.Refused;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No write goes out without content, whichever route sends it. */
class WriteContentTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH {\"data\":{}}",
                "PATCH {}",
                "PATCH {\"data\":{\"services_section\":[]}}",
                "PUT {\"data\":[{}]}",
                "POST {\"data\":{}}",
                "PATCH ",
                "POST "
            })
    void an_empty_write_is_refused(String call) {
        assertThatThrownBy(() -> begin(call))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.code()).isEqualTo("nothing-to-write"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH {\"data\":{\"owned_by\":null}}",
                "POST {\"data\":{\"id\":\"1\"}}",
                "GET ",
                "DELETE ",
                "PUT {\"data\":[false]}"
            })
    void anything_else_goes(String call) {
        assertThatCode(() -> begin(call)).doesNotThrowAnyException();
    }

    private static void begin(String call) throws IOException {
        String[] words = call.split(" ", 2);
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Message message = new DefaultExchange(context).getMessage();
            message.setHeader(Exchange.HTTP_METHOD, words[0]);
            message.setBody(words[1].isEmpty() ? null : new ObjectMapper().readTree(words[1]));
            Answers.requireContent(message);
        }
    }
}
