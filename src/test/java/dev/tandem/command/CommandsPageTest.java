package dev.tandem.command;

import dev.tandem.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CommandsPageTest {
    @Test
    void the_page_says_what_help_says() throws Exception {
        GeneratedPage.check(
                Path.of("docs/reference/commands.md"),
                CommandsPage.render(new Desk().cli().commandLine()));
    }
}
