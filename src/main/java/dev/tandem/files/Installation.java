package dev.tandem.files;

import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;

/** The directory of the program: the jar, and the routes and mappings that came with it. */
public final class Installation {
    private Installation() {}

    /** Where the jar is; empty if these classes are in none. */
    public static Optional<Path> directory() {
        return jar().map(Path::getParent);
    }

    /** The jar of these classes, if they are in one. */
    public static Optional<Path> jar() {
        CodeSource source = Installation.class.getProtectionDomain().getCodeSource();
        try {
            return Optional.ofNullable(
                            source == null ? null : Path.of(source.getLocation().toURI()))
                    .filter(Files::isRegularFile);
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException notAFile) {
            return Optional.empty();
        }
    }

    /** The directory of this name in the working directory; if there is none, the one that came with the program. */
    public static Path hereOrShipped(Path directory) {
        return Files.isDirectory(directory)
                ? directory
                : directory()
                        .map(shipped -> shipped.resolve(directory))
                        .filter(Files::isDirectory)
                        .orElse(directory);
    }
}
