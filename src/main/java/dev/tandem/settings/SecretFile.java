package dev.tandem.settings;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** A file that holds one secret and nothing else. */
final class SecretFile {
    private SecretFile() {}

    /**
     * What is in it, without the space around it.
     *
     * @param name the setting or variable that names the file
     * @param where it is set
     */
    static Optional<String> read(String path, String name, String where, Consumer<Fault> faults) {
        try {
            String text =
                    Files.readString(Path.of(path), StandardCharsets.UTF_8).strip();
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
            faults.accept(new Fault(where, name, "the file it names is empty", "fill it"));
        } catch (IOException | InvalidPathException unreadable) {
            // Without the path: somebody may have set the secret itself.
            faults.accept(new Fault(where, name, "the file it names cannot be read", remedy(unreadable, path)));
        }
        return Optional.empty();
    }

    private static String remedy(Exception unreadable, String path) {
        if (unreadable instanceof InvalidPathException || !Files.exists(Path.of(path))) {
            return "it is not there: set the path of a file, not the secret itself";
        }
        return Files.isDirectory(Path.of(path))
                ? "it is a directory: set the path of a file"
                : "check that this account may read it, and that it is UTF-8";
    }
}
