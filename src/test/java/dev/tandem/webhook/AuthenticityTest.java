package dev.tandem.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.SettableClock;
import dev.tandem.ledger.route.Carried;
import dev.tandem.ledger.storage.LedgerClock;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.function.BiConsumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** What the first step of a webhook's route lets pass. */
class AuthenticityTest {
    private static final byte[] KEY = "a key of synthetic bytes".getBytes(UTF_8);
    private static final String BODY = "{\"global_ids\":[\"01SYNTHETIC1\"]}";
    private static final Duration WINDOW = Duration.ofMinutes(5);

    private final SettableClock clock = new SettableClock();

    @Test
    void primero_passes_with_its_secret_only() {
        assertThat(status(ask(clock, Authenticity::primero, HeadersTest.of("x-api-key", "tandem:secret"))))
                .isNull();
        Exchange refused = ask(clock, Authenticity::primero, HeadersTest.of("x-api-key", "another"));

        assertThat(status(refused)).isEqualTo(401);
        assertThat(refused.isRouteStop()).isTrue();
        assertThat(refused.getMessage().getHeader("WWW-Authenticate")).isNotNull();
    }

    @Test
    void an_event_signed_within_five_minutes_passes_and_its_id_is_carried() throws Exception {
        for (Duration off : List.of(Duration.ZERO, WINDOW, WINDOW.negated())) {
            Exchange passed = ask(clock, Authenticity::oscar, signed(clock.now().plus(off), BODY));

            assertThat(status(passed)).as("%s", off).isNull();
            assertThat(passed.getProperty(Carried.EVENT)).isEqualTo("event-1");
            assertThat(passed.getMessage().getBody(String.class)).isEqualTo(BODY);
        }
    }

    @Test
    void an_older_or_later_one_or_one_of_another_body_does_not() throws Exception {
        for (Duration off : List.of(WINDOW.plusSeconds(1), WINDOW.plusSeconds(1).negated())) {
            assertThat(status(ask(clock, Authenticity::oscar, signed(clock.now().plus(off), BODY))))
                    .isEqualTo(401);
        }
        assertThat(status(ask(clock, Authenticity::oscar, signed(clock.now(), "{}"))))
                .isEqualTo(401);
        assertThat(status(ask(clock, Authenticity::oscar, HeadersTest.of()))).isEqualTo(401);
    }

    @Test
    void while_the_ledgers_time_is_not_known_a_signed_event_is_to_come_again() throws Exception {
        LedgerClock away = () -> {
            throw new IllegalStateException("the database is away");
        };
        assertThat(status(ask(away, Authenticity::oscar, signed(clock.now(), BODY))))
                .isEqualTo(503);
    }

    private static MultiMap signed(Instant at, String body) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
        String time = String.valueOf(at.getEpochSecond());
        String signature =
                Base64.getEncoder().encodeToString(mac.doFinal(("event-1." + time + "." + body).getBytes(UTF_8)));
        return HeadersTest.of(
                "webhook-id", "event-1", "webhook-timestamp", time, "webhook-signature", "v1," + signature);
    }

    private static Object status(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE);
    }

    private static Exchange ask(LedgerClock clock, BiConsumer<Authenticity, Exchange> step, MultiMap headers) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        HttpServerRequest request = answering(HttpServerRequest.class, headers);
        exchange.setIn(new HttpMessage(exchange, request, null));
        exchange.getMessage().setBody(BODY);
        step.accept(
                new Authenticity(
                        List.of("tandem:secret"),
                        List.of("whsec_" + Base64.getEncoder().encodeToString(KEY)),
                        clock),
                exchange);
        return exchange;
    }

    /** One that knows nothing but its headers. */
    private static <T> T answering(Class<T> type, Object headers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> method.getName().equals("headers") ? headers : null));
    }
}
