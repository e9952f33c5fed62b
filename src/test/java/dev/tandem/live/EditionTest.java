package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.files.EditedDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
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

    @Test
    void a_directory_behind_a_link_out_and_files_without_measure_are_faults() throws IOException {
        with("mappings/m.jslt", "1");
        Files.createSymbolicLink(directory.resolve("mappings/all"), Path.of("/"));
        Files.createSymbolicLink(directory.resolve("mappings/own"), Path.of("/proc/self"));
        Files.createSymbolicLink(directory.resolve("mappings/environ.jslt"), Path.of("/proc/self/environ"));
        Files.createSymbolicLink(directory.resolve("mappings/..data.jslt"), Path.of("/proc/self/environ"));
        assertThat(read().mappings().faults())
                .extracting(EditedDirectory.Fault::file)
                .containsExactlyInAnyOrder("all", "own", "environ.jslt");
        String large = "x".repeat(9 * 1024 * 1024);
        for (String name : List.of("x", "y", "z")) {
            with("mappings/" + name + ".csv", large);
        }
        assertThat(read().mappings().faults())
                .extracting(EditedDirectory.Fault::file)
                .contains("z.csv");
        Files.createSymbolicLink(directory.resolve("mappings/loop"), directory.resolve("mappings"));
        assertThat(read().mappings().faults()).isNotEmpty();
    }

    @Test
    void a_mounted_config_map_is_read_as_one_version_whenever_it_is_switched() throws Exception {
        MountedConfigMap routes = new MountedConfigMap(directory.resolve("routes"));
        MountedConfigMap codes = new MountedConfigMap(directory.resolve("mappings/code-lists"));
        Map<String, String> odd = Map.of("a.camel.yaml", "odd", "b.camel.yaml", "odd");
        Map<String, String> even = Map.of("a.camel.yaml", "even", "c.camel.yaml", "even");
        routes.write(odd);
        codes.write(Map.of("list.csv", "code"));
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> kubelet = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < 200; i++) {
                try {
                    routes.write(i % 2 == 0 ? even : odd);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            done.set(true);
        });

        Set<Map<String, String>> seen = new HashSet<>();
        while (!done.get() && !kubelet.isDone()) {
            EditedDirectory read = read().routes();
            if (read.faults().isEmpty()) {
                seen.add(Map.copyOf(read.texts()));
            }
        }
        kubelet.join();

        assertThat(seen).isSubsetOf(odd, even).isNotEmpty();
        assertThat(read().routes().texts()).isEqualTo(odd);
        assertThat(read().mappings().texts()).containsOnlyKeys("code-lists/list.csv");
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
