package dev.tandem.observe;

import dev.tandem.GeneratedPage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MetricsPageTest {
    @Test
    void the_page_says_what_the_code_measures() throws Exception {
        GeneratedPage.check(Path.of("docs/reference/metrics.md"), MetricsPage.render());
    }
}
