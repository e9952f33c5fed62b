package dev.tandem.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.outcome.Refused;
import org.junit.jupiter.api.Test;

class PathsTest {
    private final Paths paths = new Paths();

    @Test
    void an_id_stays_one_segment_whatever_is_in_it() {
        assertThat(paths.under("/cases", "a b/../c?d#e&f", "referrals", "é"))
                .isEqualTo("/cases/a%20b%2F..%2Fc%3Fd%23e%26f/referrals/%C3%A9");
    }

    @Test
    void no_id_never_becomes_the_address_of_the_list() {
        for (String id : new String[] {null, "", " ", ".", ".."}) {
            assertThatThrownBy(() -> paths.under("/cases", id)).isInstanceOf(Refused.class);
        }
    }

    @Test
    void a_parameter_is_added_encoded() {
        assertThat(paths.with(null, "a", "1+2")).isEqualTo("a=1%2B2");
        assertThat(paths.with("x=1", "a", "&")).isEqualTo("x=1&a=%26");
    }
}
