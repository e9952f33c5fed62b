package dev.tandem.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.tandem.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @Test
    void the_page_says_what_the_code_knows() throws Exception {
        GeneratedPage.check(Path.of("docs/reference/settings.md"), SettingsPage.render());
    }

    @Test
    void every_default_is_of_its_own_type() {
        for (Setting<?> setting : Catalogue.all()) {
            assertThat(setting.required() && setting.fallback().isPresent())
                    .as(setting.name())
                    .isFalse();
            setting.fallback().ifPresent(fallback -> assertThatCode(
                            () -> setting.type().parser().parse(fallback))
                    .as(setting.name())
                    .doesNotThrowAnyException());
        }
    }
}
