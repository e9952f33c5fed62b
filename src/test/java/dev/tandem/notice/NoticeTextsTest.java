package dev.tandem.notice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.NoticeBook.Notice;
import dev.tandem.reader.ReaderTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What notices say, in both languages: the same things, with everything filled in. */
class NoticeTextsTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final List<Notice> ALL = List.of(
            notice("gate-closed", "oscar", "{}"),
            notice("calls-held", "oscar", "{}"),
            notice("braked", "first-sync:primero-to-oscar", "{}"),
            notice("stale-sweep", "primero", "{}"),
            notice("stale-full-sweep", "oscar", "{}"),
            notice("backlog", "oscar-to-primero", "{}"),
            notice("drift", "primero", "{\"words\": \"lookup lookup-gender has no value female\"}"),
            notice("parked", "", "{\"unmapped-code\": 3, \"both-decided\": 1}"),
            notice("summary", "", """
                    {"sent": {"primero-to-oscar referral": 9},
                     "flows": [{"flow": "primero-to-oscar", "pending": 1, "waiting": 2, "parked": 3}]}
                    """));

    @ParameterizedTest
    @ValueSource(strings = {"en", "km"})
    void everything_is_filled_in(String language) {
        NoticeTexts texts = texts(language);
        assertThat(texts.body(ALL)).doesNotContain("{", "}").contains("2026-11-25 19:00:00 +07:00", "OSCaR");
        assertThat(texts.subject(ALL)).contains("9").doesNotContain("{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "km"})
    void both_languages_have_the_same_texts(String language) {
        assertThat(keys(language)).isEqualTo(keys(language.isEmpty() ? "km" : ""));
    }

    @Test
    void what_is_parked_is_counted_by_reason() {
        Notice parked = ALL.get(7);
        assertThat(texts("en").subject(List.of(parked))).isEqualTo("Tandem: For a person: 4 newly parked");
        assertThat(texts("en").words(parked)).contains("3 unmapped-code, 1 both-decided");
    }

    private static Set<String> keys(String language) {
        return ResourceBundle.getBundle(
                        "dev.tandem.notice.texts",
                        Locale.forLanguageTag(language),
                        ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES))
                .keySet();
    }

    private static NoticeTexts texts(String language) {
        Locale locale = Locale.forLanguageTag(language);
        return new NoticeTexts(locale, new ReaderTime(ZoneId.of("Asia/Phnom_Penh"), locale, () -> NOON));
    }

    private static Notice notice(String kind, String subject, String facts) {
        return new Notice(kind + ":" + subject, kind, subject, facts, NOON);
    }
}
