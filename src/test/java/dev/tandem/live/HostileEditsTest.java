package dev.tandem.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.operation.Validation;
import dev.tandem.settings.UnreachableSystems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a check of somebody's proposal must not do, whatever that says: call, read, make or run anything, or not end. */
class HostileEditsTest {
    @TempDir
    Path directory;

    static Stream<HostileEdits.Edit> edits() {
        return HostileEdits.table().stream();
    }

    @ParameterizedTest
    @MethodSource("edits")
    @Timeout(60)
    void a_check_is_not_harmed_and_names_the_file(HostileEdits.Edit edit) throws IOException {
        Files.createDirectory(directory.resolve("routes"));
        Path lists = Files.createDirectories(directory.resolve("mappings/code-lists"));
        try (Stream<Path> files = Files.list(Path.of("mappings/code-lists"))) {
            for (Path file : files.toList()) {
                Files.copy(file, lists.resolve(file.getFileName()));
            }
        }
        try (HostileEdits hostile = new HostileEdits(directory.resolve("outside"))) {
            Files.writeString(directory.resolve("routes").resolve(edit.file()), hostile.of(edit));
            List<String> faults = faults();
            assertThat(hostile.harm(String.join("\n", faults))).isEmpty();
            if (!edit.attempt().endsWith("quietly")) {
                assertThat(faults).anyMatch(fault -> fault.matches(edit.file() + ":[1-9][0-9]*: (?s).+"));
            }
        }
    }

    private List<String> faults() {
        return Validation.validate(UnreachableSystems.ofEdition(directory)).faults();
    }
}
