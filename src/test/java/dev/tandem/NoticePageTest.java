package dev.tandem;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** NOTICE names what is distributed, as the pom has it. */
class NoticePageTest {
    @Test
    void it_names_each_library_and_its_licence() throws IOException {
        // Maven writes it, from what the libraries' own poms say, before each of its runs of the tests.
        Path made = Path.of("target/NOTICE");
        assumeThat(made).exists();
        GeneratedPage.check(Path.of("NOTICE"), Files.readString(made));
    }
}
