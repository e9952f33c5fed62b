package dev.tandem.observe;

import dev.tandem.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JmxPageTest {
    @Test
    void the_page_says_what_the_beans_say_of_themselves() throws Exception {
        GeneratedPage.check(Path.of("docs/reference/jmx.md"), JmxPage.render());
    }
}
