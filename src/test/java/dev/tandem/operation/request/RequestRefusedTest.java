package dev.tandem.operation.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators type reaches the journal, the log and pages: it must be what it looks like. */
class RequestRefusedTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\nb",
                "a\u0000",
                "a\u001B[2J",
                "a\u0085b",
                "a\u2028b",
                "a\u2029b",
                "\u202Ea",
                "\u2066a",
                "a\u200Fb",
                "a\u061C",
                "a\uFEFFb",
                "a\u00ADb",
                "a\uD800",
                "\uDB40\uDC41"
            })
    void what_forges_a_line_is_refused_in_each_text(String forged) {
        assertThatThrownBy(() -> new DiscardRequest(1, forged, "me")).isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> new RetryRequest(List.of(1L), Optional.empty(), Optional.of(forged), "me"))
                .isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> new DeadLetterQuery("parked", Optional.of(forged), 1))
                .isInstanceOf(RequestRefused.class);
        assertThatThrownBy(() -> new SyncRequest(Optional.of(forged), false, Optional.empty(), Duration.ZERO))
                .isInstanceOf(RequestRefused.class);
    }

    @Test
    void khmer_is_written_with_invisible_characters() {
        String khmer = "មិន\u200Bត្រូវ\u200Cការ\u200D";
        assertThat(new DiscardRequest(1, khmer, "me").because()).isEqualTo(khmer);
    }
}
