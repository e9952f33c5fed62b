package dev.tandem.command;

import dev.tandem.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.AutoComplete;
import picocli.CommandLine;

class CommandsPageTest {
    @Test
    void the_page_says_what_help_says() throws Exception {
        GeneratedPage.check(
                Path.of("docs/reference/commands.md"),
                CommandsPage.render(new Desk().cli().commandLine()));
    }

    @Test
    void the_shells_complete_what_there_is() throws Exception {
        CommandLine tandem = new Desk().cli().commandLine();
        GeneratedPage.check(Path.of("src/dist/completion/tandem.sh"), AutoComplete.bash("tandem", tandem));
        GeneratedPage.check(Path.of("src/dist/completion/tandem.fish"), FishCompletion.render(tandem));
    }
}
