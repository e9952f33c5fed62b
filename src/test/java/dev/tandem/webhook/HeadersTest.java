package dev.tandem.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is refused before a body has come. */
class HeadersTest {
    private final Headers headers = new Headers(List.of("tandem:old", "tandem:new"));

    @Test
    void primero_shows_one_of_its_secrets_as_a_key_or_as_user_and_password() {
        assertThat(refused("primero", of("x-api-key", "tandem:old"))).isFalse();
        assertThat(refused("primero", of("X-API-Key", "tandem:new"))).isFalse();
        assertThat(refused("primero", of("authorization", "Basic " + base64("tandem:old"))))
                .isFalse();
        assertThat(refused("primero", of("Authorization", "basic  " + base64("tandem:new"))))
                .isFalse();
    }

    @Test
    void whoever_shows_none_is_refused() {
        assertThat(refused("primero", of())).isTrue();
        assertThat(refused("primero", of("x-api-key", ""))).isTrue();
        assertThat(refused("primero", of("x-api-key", "tandem:ol"))).isTrue();
        assertThat(refused("primero", of("authorization", "Bearer tandem:old"))).isTrue();
        assertThat(refused("primero", of("authorization", "Basic ?"))).isTrue();
        assertThat(refused("primero", of("authorization", "Basic " + base64("tandem:older"))))
                .isTrue();
    }

    @Test
    void a_header_that_comes_twice_is_none() {
        assertThat(refused("primero", of("x-api-key", "tandem:old", "x-api-key", "tandem:old")))
                .isTrue();
    }

    @Test
    void without_a_secret_nobody_is_let_in() {
        assertThat(new Headers(List.of()).refusal("primero", of("x-api-key", "")))
                .isPresent();
    }

    @Test
    void an_event_about_oscar_has_an_id_a_time_and_a_signature_that_can_be_read() {
        assertThat(refused("oscar", signed("event-1", "1614265330"))).isFalse();
        assertThat(refused("oscar", signed("x".repeat(200), "1614265330"))).isFalse();
        assertThat(refused("oscar", signed("x".repeat(201), "1614265330"))).isTrue();
        assertThat(refused("oscar", signed("", "1614265330"))).isTrue();
        assertThat(refused("oscar", signed("two words", "1614265330"))).isTrue();
        assertThat(refused("oscar", signed("event-1", "now"))).isTrue();
        assertThat(refused("oscar", signed("event-1", "1".repeat(13)))).isTrue();
        assertThat(refused("oscar", of("webhook-id", "event-1", "webhook-timestamp", "1614265330")))
                .isTrue();
    }

    @Test
    void only_primeros_headers_tell_who_sends() {
        assertThat(Headers.suffice("primero")).isTrue();
        assertThat(Headers.suffice("oscar")).isFalse();
        assertThat(refused("another", of()))
                .as("a check that is not known here")
                .isFalse();
    }

    private boolean refused(String method, MultiMap given) {
        return headers.refusal(method, given).isPresent();
    }

    private static MultiMap signed(String id, String time) {
        return of("webhook-id", id, "webhook-timestamp", time, "webhook-signature", "v1,x");
    }

    static MultiMap of(String... namesAndValues) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return headers;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
