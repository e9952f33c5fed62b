package dev.tandem.sandbox.primero;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Contract primero-v2 §1. */
class AuthenticationTest extends PrimeroTestBase {
    @Test
    void nothing_sent_is_401_outside_the_envelope() {
        PrimeroCaller.Answer answer = PrimeroCaller.anonymous(primero).get(CASES);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("error").asText()).startsWith("You need to sign in");
        assertThat(answer.json().has("errors")).isFalse();
    }

    @Test
    void the_user_name_is_taken_exactly_as_it_is_stored() {
        for (String other : List.of("TanDem", " tandem", "tandem ")) {
            assertThat(new PrimeroCaller(primero.url(), other, "synthetic-password")
                            .get(CASES)
                            .status())
                    .as("'%s'", other)
                    .isEqualTo(401);
        }
    }

    @Test
    void each_basic_call_leaves_a_session_row_whatever_it_is_answered_but_for_a_401() {
        api.get(CASES);
        api.get(CASES + "/nobody");
        new PrimeroCaller(primero.url(), "tandem", "wrong").get(CASES);
        assertThat(primero.sessionRows()).isEqualTo(2);
    }

    @Test
    void six_wrong_passwords_lock_for_30_minutes_and_the_lock_does_not_show() {
        PrimeroCaller wrong = new PrimeroCaller(primero.url(), "tandem", "wrong");
        for (int i = 0; i < 5; i++) {
            assertThat(wrong.get(CASES).status()).isEqualTo(401);
        }
        assertThat(api.get(CASES).status()).as("five are not enough").isEqualTo(200);
        for (int i = 0; i < 6; i++) {
            wrong.get(CASES);
        }
        PrimeroCaller.Answer locked = api.get(CASES);
        assertThat(locked.status()).isEqualTo(401);
        assertThat(locked.json().path("error").asText()).isEqualTo("Invalid User name or password.");
        assertThat(primero.isAccountLocked("tandem")).isTrue();
        clock.advance(Duration.ofMinutes(29));
        assertThat(api.get(CASES).status()).isEqualTo(401);
        clock.advance(Duration.ofMinutes(1));
        assertThat(api.get(CASES).status()).isEqualTo(200);
    }

    @Test
    void a_disabled_user_is_not_activated() {
        primero.disableUser("tandem");
        assertThat(api.get(CASES).json().path("error").asText()).isEqualTo("Your account is not activated yet.");
    }

    @Test
    void while_a_configuration_is_applied_every_route_is_503_after_the_sign_in() {
        primero.configurationLock(true);
        PrimeroCaller.Answer answer = api.get(CASES);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.retryAfter()).contains("60");
        assertThat(answer.json().path("errors").path(0).path("message").asText())
                .isEqualTo("Service Unavailable");
        assertThat(PrimeroCaller.anonymous(primero).get(CASES).status()).isEqualTo(401);
        assertThat(PrimeroCaller.anonymous(primero).get("/health/api").status()).isEqualTo(503);
        assertThat(PrimeroCaller.anonymous(primero).get("/health").status()).isEqualTo(204);
        primero.configurationLock(false);
        assertThat(PrimeroCaller.anonymous(primero).get("/health/api").status()).isEqualTo(204);
        assertThat(api.get(CASES).status()).isEqualTo(200);
    }

    @Test
    void who_is_not_in_scope_gets_403_and_an_empty_list() {
        String id = worker.newCase(java.util.Map.of("name_first", "Sample"));
        PrimeroCaller stranger = new PrimeroCaller(primero.url(), "mgrkep", Configuration.HUMAN_PASSWORD);
        assertThat(stranger.get(at(id)).status()).isEqualTo(403);
        assertThat(stranger.patch(at(id), "{}").status()).isEqualTo(403);
        assertThat(stranger.get(CASES).total()).isZero();
        PrimeroCaller owner = new PrimeroCaller(primero.url(), "mgrpnh", Configuration.HUMAN_PASSWORD);
        assertThat(owner.get(CASES).values("id")).containsExactly(id);
    }
}
