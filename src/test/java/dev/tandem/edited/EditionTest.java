package dev.tandem.edited;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EditionTest {
    @TempDir
    Path directory;

    @Test
    void the_version_is_that_of_the_content_and_examples_do_not_count() throws IOException {
        String first = with("mappings/m.jslt", "{\"a\": 1}").version();
        assertThat(with("mappings/examples/m/x.json", "{\"input\": 1, \"output\": {\"a\": 1}}")
                        .version())
                .isEqualTo(first);
        String second = with("mappings/m.jslt", "{\"a\": 2}").version();
        String third = with("mappings/code-lists/list.csv", "code\n01\n").version();
        String fourth = with("routes/a.camel.yaml", "- route:\n").version();
        assertThat(List.of(first, second, third, fourth)).doesNotHaveDuplicates();
        Files.delete(directory.resolve("routes/a.camel.yaml"));
        Files.delete(directory.resolve("mappings/code-lists/list.csv"));
        assertThat(with("mappings/m.jslt", "{\"a\": 1}").version()).isEqualTo(first);
    }

    @Test
    void it_names_the_files_in_which_it_differs() throws IOException {
        with("mappings/gone.jslt", "1");
        with("mappings/same.jslt", "1");
        Edition before = with("routes/changed.camel.yaml", "- one");
        Files.delete(directory.resolve("mappings/gone.jslt"));
        with("mappings/new.jslt", "1");
        assertThat(with("routes/changed.camel.yaml", "- two").differsFrom(before))
                .containsExactly("routes/changed.camel.yaml", "mappings/gone.jslt", "mappings/new.jslt");
    }

    @Test
    void a_file_that_is_not_text_and_a_link_out_of_the_directory_are_faults() throws IOException {
        with("mappings/m.jslt", "1");
        Files.write(directory.resolve("mappings/bytes.jslt"), new byte[] {(byte) 0xff});
        Path outside = Files.writeString(directory.resolve("outside.jslt"), "1");
        Files.createSymbolicLink(directory.resolve("mappings/link.jslt"), outside);
        assertThat(read().mappings().faults())
                .extracting(EditedDirectory.Fault::file)
                .containsExactlyInAnyOrder("bytes.jslt", "link.jslt");
        assertThat(read().mappings().texts()).containsOnlyKeys("m.jslt");
    }

    private Edition with(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        return read();
    }

    private Edition read() throws IOException {
        Files.createDirectories(directory.resolve("routes"));
        Files.createDirectories(directory.resolve("mappings"));
        return Edition.read(directory.resolve("routes"), directory.resolve("mappings"));
    }
}
