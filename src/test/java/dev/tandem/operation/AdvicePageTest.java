package dev.tandem.operation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.GeneratedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdvicePageTest {
    /** How a code comes into the world: in the mappings, as a refusal, as a parking of the ledger's own. */
    private static final List<Pattern> CODES = Stream.of(
                    "\"code\":\\s*\"([a-z0-9-]+)\",\\s*\"field\"",
                    "new Refused\\(\\s*\"([a-z0-9-]+)\"",
                    "new Unmappable\\(\\s*\"([a-z0-9-]+)\"",
                    "Park\\(\\s*\"([a-z0-9-]+)\"",
                    "parks\\(\\s*entry,\\s*\"([a-z0-9-]+)\"",
                    "parks\\.put\\([^;]*?Reason\\.of\\(\\s*\"([a-z0-9-]+)\"",
                    "parkOnce\\([^;]*?Reason\\.of\\(\\s*\"([a-z0-9-]+)\"",
                    "parked\\(\\s*ParkedFor\\.[A-Z]+,\\s*[^,]+,\\s*\"([a-z0-9-]+)\"")
            .map(Pattern::compile)
            .toList();

    @Test
    void the_page_says_what_the_commands_advise() throws Exception {
        GeneratedPage.check(Path.of("docs/operate/dead-letters.md"), AdvicePage.render());
    }

    @Test
    void there_is_advice_on_every_code_that_something_is_parked_with() throws Exception {
        Set<String> codes = new TreeSet<>();
        for (String directory : List.of("mappings", "src/main/java")) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                for (Path file : files.filter(AdvicePageTest::isCode).toList()) {
                    collect(file, codes);
                }
            }
        }

        assertThat(codes)
                .hasSizeGreaterThan(25)
                .allSatisfy(code -> assertThat(Advice.entry(code)).as(code).isPresent());
    }

    @Test
    void a_status_without_a_line_of_its_own_has_the_advice_of_refusals() {
        assertThat(Advice.entry("http-418")).isEqualTo(Advice.entry("http-4xx")).isPresent();
        assertThat(Advice.entry("http-503")).isEmpty();
    }

    private static boolean isCode(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".jslt");
    }

    private static void collect(Path file, Set<String> codes) throws IOException {
        String text = Files.readString(file);
        for (Pattern pattern : CODES) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                codes.add(matcher.group(1).endsWith("-") ? matcher.group(1) + "418" : matcher.group(1));
            }
        }
    }
}
