package dev.tandem.console.visit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Which language a browser gets, and how numbers and moments look in it. */
class LanguageTest {
    @Test
    void the_browsers_first_language_that_is_known_is_taken() {
        assertThat(Language.preferred("km-KH,km;q=0.9,en;q=0.8")).isEqualTo(Language.KHMER);
        assertThat(Language.preferred("fr-FR,fr;q=0.9,km;q=0.5,en;q=0.3")).isEqualTo(Language.KHMER);
        assertThat(Language.preferred("de")).isEqualTo(Language.ENGLISH);
        assertThat(Language.preferred(";;;not a list")).isEqualTo(Language.ENGLISH);
    }

    @Test
    void moments_are_those_of_the_readers_zone() {
        Instant evening = Instant.parse("2026-11-30T17:30:00Z");
        ZoneId home = ZoneId.of("Asia/Phnom_Penh");
        assertThat(Messages.in(Language.ENGLISH).moment(evening, home)).isEqualTo("1 Dec 2026, 00:30");
        assertThat(Messages.in(Language.KHMER).moment(evening, home))
                .contains("ធ្នូ", "2026", "00:30")
                .doesNotContain("AM");
    }

    @Test
    void the_word_of_an_act_has_the_english_beside_the_khmer() {
        assertThat(Messages.in(Language.KHMER).act("act.discard")).isEqualTo("បោះបង់ (Discard)");
        assertThat(Messages.in(Language.ENGLISH).act("act.discard")).isEqualTo("Discard");
    }
}
