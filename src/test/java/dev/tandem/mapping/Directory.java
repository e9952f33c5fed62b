package dev.tandem.mapping;

import dev.tandem.live.Edition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A directory of mappings made for one test. */
record Directory(Path path) {
    static final String DECLARED = """
            list,column,key_for,form
            colours,ours,there,
            colours,theirs,back,
            colours,direction,,
            colours,ambiguous,,
            colours,note,,
            provinces,code,there,([0-9]{2})?
            provinces,owner,,
            provinces,direction,,
            """;

    static Directory in(Path path) {
        return new Directory(path)
                .with("code-lists/lists.csv", DECLARED)
                .with("code-lists/colours.csv", "ours,theirs,direction,ambiguous,note\nred,Red One,both,,\n")
                .with("code-lists/provinces.csv", "code,owner,direction\n01,a,there\n");
    }

    Directory with(String file, String text) {
        try {
            Path target = path.resolve(file);
            Files.createDirectories(target.getParent());
            Files.writeString(target, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MappingSet load() {
        return load(Duration.ofSeconds(5));
    }

    MappingSet load(Duration limit) {
        try {
            return MappingSet.of(Edition.readMappings(path), limit);
        } catch (InvalidMappings e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    List<String> faults() {
        try {
            MappingSet.of(Edition.readMappings(path));
            return List.of();
        } catch (InvalidMappings e) {
            return e.faults().stream().map(MappingFault::toString).toList();
        }
    }
}
