package dev.tandem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WrongLoginsTest {
    private long now = 7;
    private final WrongLogins wrongs = new WrongLogins(() -> now);

    @Test
    void after_five_wrong_ones_an_address_waits_ever_longer_and_at_most_five_minutes() {
        for (int i = 0; i < 4; i++) {
            wrongs.wrong("10.0.0.1");
        }
        assertThat(wrongs.wait("10.0.0.1")).isZero();
        long before = 0;
        for (int i = 0; i < 30; i++) {
            wrongs.wrong("10.0.0.1");
            long wait = wrongs.wait("10.0.0.1");
            assertThat(wait).isEqualTo(Math.min(300, before == 0 ? 1 : before * 2));
            before = wait;
            passes(Duration.ofSeconds(wait));
            assertThat(wrongs.wait("10.0.0.1")).isZero();
        }
    }

    @Test
    void another_address_does_not_wait_for_it() {
        for (int i = 0; i < 10_000; i++) {
            wrongs.wrong("10.0.0.1");
        }
        assertThat(wrongs.wait("10.0.0.1")).isEqualTo(300);
        assertThat(wrongs.wait("127.0.0.1")).isZero();
    }

    @Test
    void many_wrong_ones_from_many_addresses_leave_each_only_one() {
        for (int i = 0; i < 101; i++) {
            wrongs.wrong("10.0.0." + i);
        }
        assertThat(wrongs.wait("10.0.0.100")).as("the one beyond").isEqualTo(1);
        assertThat(wrongs.wait("10.0.1.1")).isZero();
        passes(Duration.ofHours(2));
        wrongs.wrong("10.0.1.1");
        assertThat(wrongs.wait("10.0.1.1")).as("after a quiet time").isZero();
    }

    @Test
    void the_right_one_begins_anew() {
        for (int i = 0; i < 5; i++) {
            wrongs.wrong("10.0.0.1");
        }
        passes(Duration.ofSeconds(1));
        wrongs.right("10.0.0.1");
        wrongs.wrong("10.0.0.1");
        assertThat(wrongs.wait("10.0.0.1")).isZero();
    }

    private void passes(Duration time) {
        now += time.toNanos();
    }
}
