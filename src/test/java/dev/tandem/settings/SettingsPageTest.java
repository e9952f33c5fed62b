package dev.tandem.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.GeneratedPage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsPageTest {
    @Test
    void the_page_says_what_the_code_knows() throws Exception {
        GeneratedPage.check(Path.of("docs/reference/settings.md"), SettingsPage.render());
    }

    @Test
    void the_settings_file_of_the_distribution_has_every_setting() throws Exception {
        GeneratedPage.check(Path.of("src/dist/application.properties"), SettingsTemplate.render(Map.of()));
    }

    @Test
    void every_default_is_of_its_own_type() {
        assertThat(SettingsPage.rows(List.of("registry")))
                .filteredOn(row -> row.fallback().isPresent())
                .isNotEmpty()
                .noneMatch(Rows.Row::required);
    }
}
