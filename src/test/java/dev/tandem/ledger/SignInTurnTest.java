package dev.tandem.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Of all processes of a ledger one at a time signs in to a system (contract oscar-interop §12). */
class SignInTurnTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @ParameterizedTest
    @EnumSource
    void one_at_a_time_has_the_turn_until_it_ends_it_or_has_been_gone_too_long(TestDatabase kind) {
        try (var fixture = new LedgerFixture(kind)) {
            GateBook gates = fixture.ledger.gates();
            gates.register("oscar", "hash");
            gates.register("primero", "hash");
            assertThat(gates.beginSignIn("oscar", LONGEST)).isTrue();
            assertThat(gates.beginSignIn("oscar", LONGEST)).isFalse();
            assertThat(gates.beginSignIn("primero", LONGEST)).isTrue();
            gates.endSignIn("oscar");
            assertThat(gates.beginSignIn("oscar", LONGEST)).isTrue();
            fixture.clock.advance(LONGEST.plusSeconds(1));
            assertThat(gates.beginSignIn("oscar", LONGEST)).isTrue();
        }
    }
}
