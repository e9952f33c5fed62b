package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page about routes names what they may be made of. */
class AllowedTest {
    @Test
    void every_component_and_language_is_on_the_page() throws IOException {
        String page = Files.readString(Path.of("docs/edit/routes.md"));

        assertThat(RouteModel.COMPONENTS)
                .allSatisfy(component -> assertThat(page).contains("`" + component + "`"));
        assertThat(RouteSafety.LANGUAGES)
                .allSatisfy(language -> assertThat(page).contains("`" + language + "`"));
    }
}
