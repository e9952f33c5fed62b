package dev.tandem.console.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.admin.AdminGuard.Person;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long somebody stays signed in. */
class SessionsTest {
    private static final Person SOMEBODY = new Person("ministry", true);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final Sessions sessions = new Sessions(nanos::get);

    @Test
    void use_keeps_a_session_but_not_for_ever() {
        Sessions.Session session = sessions.begin(SOMEBODY);
        for (int times = 0; times < 24; times++) {
            pass(Duration.ofMinutes(29));
            assertThat(sessions.find(session.id(), true)).contains(session);
        }
        pass(Duration.ofMinutes(29));
        assertThat(sessions.find(session.id(), true)).isEmpty();
    }

    @Test
    void an_open_page_that_refreshes_itself_is_no_use() {
        Sessions.Session session = sessions.begin(SOMEBODY);
        pass(Duration.ofMinutes(20));
        assertThat(sessions.find(session.id(), false)).contains(session);
        pass(Duration.ofMinutes(11));
        assertThat(sessions.find(session.id(), false)).isEmpty();
    }

    @Test
    void who_signs_out_is_out_and_others_stay() {
        Sessions.Session one = sessions.begin(SOMEBODY);
        Sessions.Session other = sessions.begin(SOMEBODY);
        sessions.end(one);
        assertThat(sessions.find(one.id(), true)).isEmpty();
        assertThat(sessions.find(other.id(), true)).contains(other);
        assertThat(one.id()).hasSizeGreaterThan(40).isNotEqualTo(other.id());
        assertThat(one.token()).isNotEqualTo(one.id());
    }

    @Test
    void strangers_that_come_without_cookies_cannot_fill_the_memory() {
        Sessions.Session used = sessions.begin(SOMEBODY);
        for (int times = 0; times < 5000; times++) {
            sessions.begin(SOMEBODY);
            sessions.find(used.id(), true);
        }
        assertThat(sessions.find(used.id(), true)).contains(used);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
