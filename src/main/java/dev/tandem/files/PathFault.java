package dev.tandem.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What is wrong with a file or directory that a person named, and what to do: one sentence; none if nothing is wrong. */
public final class PathFault {
    private PathFault() {}

    /** Of a file that is to be read. */
    public static Optional<String> ofFile(Path file) {
        return !Files.exists(file)
                ? Optional.of("There is no file " + file + ": check the name and the directory.")
                : Files.isDirectory(file) ? Optional.of(file + " is a directory: name a file.") : unreadable(file);
    }

    /** Of a directory that is to be read. */
    public static Optional<String> ofDirectory(Path directory) {
        return !Files.exists(directory)
                ? Optional.of("There is no directory " + directory + ": check the name.")
                : !Files.isDirectory(directory)
                        ? Optional.of(directory + " is a file: name a directory.")
                        : unreadable(directory);
    }

    /** Of a directory that files are to be written into, and that is made if it is not there. */
    public static Optional<String> ofDirectoryToFill(Path directory) {
        Path there = directory.toAbsolutePath();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        return !Files.isDirectory(there)
                ? Optional.of(there + " is a file: name a directory.")
                : Files.isWritable(there) ? Optional.empty() : Optional.of(readOnly(there));
    }

    /** Of a file that could not be made. */
    public static String notMade(Path file, IOException why) {
        Path directory = file.toAbsolutePath().getParent();
        if (why instanceof FileAlreadyExistsException) {
            return Files.isDirectory(file)
                    ? file + " is a directory: name a new file in it."
                    : file + " is there already and was left alone: name another file.";
        }
        if (!Files.exists(directory)) {
            return "There is no directory " + directory + ": make it, or name a file in another.";
        }
        return !Files.isDirectory(directory)
                ? directory + " is a file: name a file in a directory."
                : notWritten(file, why);
    }

    /** Of a file or directory that could not be written. */
    public static String notWritten(Path path, IOException why) {
        return why instanceof AccessDeniedException denied
                ? readOnly(Path.of(denied.getFile()))
                : path + " cannot be written (" + reason(why) + "): see to the disk, or name another.";
    }

    private static Optional<String> unreadable(Path path) {
        return Files.isReadable(path)
                ? Optional.empty()
                : Optional.of("You may not read " + path + ": change its rights, or use an account that may.");
    }

    private static String readOnly(Path path) {
        return "You may not write " + path + ": change the rights, or name another directory.";
    }

    /** In the words of the operating system, which name no content. */
    private static String reason(IOException why) {
        String words = why instanceof FileSystemException file
                ? file.getReason()
                : why.getClass() == IOException.class ? why.getMessage() : null;
        return words == null ? why.getClass().getSimpleName() : words;
    }
}
