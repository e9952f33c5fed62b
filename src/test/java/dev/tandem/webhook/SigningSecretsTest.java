package dev.tandem.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Signatures as in the example of the Standard Webhooks specification. */
class SigningSecretsTest {
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIME = "1614265330";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    private final SigningSecrets secrets = new SigningSecrets(List.of(SECRET));

    @Test
    void a_signature_is_of_this_secret_id_time_and_body() {
        assertThat(secrets.made(SIGNATURE, ID, TIME, BODY)).isTrue();
        assertThat(secrets.made(SIGNATURE, ID + "0", TIME, BODY)).isFalse();
        assertThat(secrets.made(SIGNATURE, ID, "1614265331", BODY)).isFalse();
        assertThat(secrets.made(SIGNATURE, ID, TIME, new byte[0])).isFalse();
        assertThat(new SigningSecrets(List.of("whsec_AAAA")).made(SIGNATURE, ID, TIME, BODY))
                .isFalse();
        assertThat(new SigningSecrets(List.of()).made(SIGNATURE, ID, TIME, BODY))
                .isFalse();
    }

    @Test
    void a_secret_may_come_without_its_prefix() {
        assertThat(new SigningSecrets(List.of(SECRET.substring("whsec_".length()))).made(SIGNATURE, ID, TIME, BODY))
                .isTrue();
    }

    @Test
    void while_a_secret_is_rotated_any_of_both_sides_will_do() {
        assertThat(new SigningSecrets(List.of("whsec_AAAA", SECRET)).made(SIGNATURE, ID, TIME, BODY))
                .isTrue();
        assertThat(secrets.made("v1,AAAA " + SIGNATURE, ID, TIME, BODY)).isTrue();
    }

    @Test
    void signatures_of_another_version_and_beyond_the_tenth_do_not_count() {
        assertThat(secrets.made(SIGNATURE.replace("v1,", "v2,"), ID, TIME, BODY))
                .isFalse();
        assertThat(secrets.made("v1,AAAA ".repeat(9) + SIGNATURE, ID, TIME, BODY))
                .isTrue();
        assertThat(secrets.made("v1,AAAA ".repeat(10) + SIGNATURE, ID, TIME, BODY))
                .isFalse();
    }
}
