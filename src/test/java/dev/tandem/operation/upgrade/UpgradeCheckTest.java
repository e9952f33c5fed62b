package dev.tandem.operation.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tandem.operation.report.UpgradeReport;
import dev.tandem.operation.report.UpgradeReport.Change;
import dev.tandem.operation.report.UpgradeReport.Changed;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.reader.ReaderTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpgradeCheckTest {
    @TempDir
    Path directory;

    private final Map<String, String> before = Map.of(
            "routes/same.yaml", "same\n",
            "routes/better.yaml", "one\ntwo\n",
            "mappings/edited.csv", "a,1\nb,2\n",
            "mappings/both.csv", "a,1\nb,2\nc,3\n",
            "mappings/gone.jslt", "old\n",
            "mappings/removed.csv", "x\n");
    private final Map<String, String> now = Map.of(
            "routes/same.yaml", "same\n",
            "routes/better.yaml", "one\nthree\n",
            "routes/added.yaml", "added\n",
            "mappings/edited.csv", "a,1\nb,2\n",
            "mappings/both.csv", "a,1\nb,2\nc,4\n",
            "mappings/removed.csv", "y\n");

    @Test
    void each_file_is_compared_with_what_it_was_edited_from() {
        Path own = own();
        UpgradeReport report = check(own).check(false);

        assertThat(report.changed())
                .extracting(Changed::file, Changed::change, Changed::edited)
                .containsExactly(
                        tuple("mappings/both.csv", Change.CHANGED, true),
                        tuple("mappings/gone.jslt", Change.GONE, false),
                        tuple("mappings/removed.csv", Change.CHANGED, true),
                        tuple("routes/added.yaml", Change.NEW, false),
                        tuple("routes/better.yaml", Change.CHANGED, false));
        assertThat(report.kept()).as("edited.csv and own.csv").isEqualTo(2);
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.text().lines(ReaderTime.here()))
                .contains("--- before/mappings/both.csv", "+++ now/mappings/both.csv", "-c,3", "+c,4")
                .noneMatch(line -> line.contains("a,9"));
    }

    @Test
    void what_nobody_has_edited_can_be_taken_and_the_rest_stays_as_it_is() throws IOException {
        Path own = own();
        UpgradeReport taken = check(own).check(true);
        assertThat(taken.exitCode()).as("two are edited").isEqualTo(2);
        assertThat(own.resolve("routes/better.yaml")).hasContent("one\nthree\n");
        assertThat(own.resolve("routes/added.yaml")).hasContent("added\n");
        assertThat(own.resolve("mappings/gone.jslt")).doesNotExist();
        assertThat(own.resolve("mappings/both.csv")).hasContent("a,9\nb,2\nc,3\n");
        assertThat(own.resolve("mappings/removed.csv")).doesNotExist();

        Files.writeString(own.resolve("mappings/both.csv"), "a,1\nb,2\nc,4\n");
        Files.writeString(own.resolve("mappings/removed.csv"), "y\n");
        assertThat(check(own).check(false).exitCode()).isZero();
    }

    @Test
    void line_ends_and_a_byte_order_mark_are_no_edit() throws IOException {
        Path own = own();
        Files.writeString(own.resolve("routes/better.yaml"), "\uFEFFone\r\ntwo\r\n");
        assertThat(check(own).check(false).changed())
                .filteredOn(file -> file.file().equals("routes/better.yaml"))
                .extracting(Changed::edited)
                .containsExactly(false);
    }

    @Test
    void what_is_no_release_is_refused() throws IOException {
        Path own = own();
        Path other = Files.writeString(directory.resolve("tandem.jar"), "not a jar");
        assertThatThrownBy(() -> new UpgradeCheck(own, other, jar("now.jar", now)).check(false))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("is not the jar of a release");
        assertThatThrownBy(() -> new UpgradeCheck(directory, jar("a.jar", before), jar("b.jar", now)).check(false))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("There is no directory");
    }

    /** Edited: a code list on its own, one that the release changes too, one removed, one added. */
    private Path own() {
        Path own = directory.resolve("own");
        write(own, before);
        write(
                own,
                Map.of(
                        "mappings/edited.csv",
                        "a,1\nb,7\n",
                        "mappings/both.csv",
                        "a,9\nb,2\nc,3\n",
                        "mappings/own.csv",
                        "z\n"));
        try {
            Files.delete(own.resolve("mappings/removed.csv"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return own;
    }

    private UpgradeCheck check(Path own) {
        return new UpgradeCheck(own, jar("before.jar", before), jar("now.jar", now));
    }

    private static void write(Path into, Map<String, String> files) {
        files.forEach((name, text) -> {
            try {
                Files.createDirectories(into.resolve(name).getParent());
                Files.writeString(into.resolve(name), text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private Path jar(String name, Map<String, String> files) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, name);
        Path jar = directory.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new JarEntry("shipped/" + file.getKey()));
                out.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }
}
