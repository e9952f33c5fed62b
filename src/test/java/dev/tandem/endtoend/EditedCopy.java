package dev.tandem.endtoend;

import dev.tandem.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.stream.Stream;

/** A user's own copy of the routes and mappings that ship, to be edited while a Tandem runs on it. */
final class EditedCopy {
    final Path routes;
    final Path mappings;

    EditedCopy(Path directory) {
        routes = FileTree.copy(Path.of("routes"), directory.resolve("routes"));
        mappings = FileTree.copy(Path.of("mappings"), directory.resolve("mappings"));
    }

    /** Has a bench's Tandem use it, and look at it often. */
    Bench of(Bench bench) {
        return bench.with("tandem.routes.dir", routes.toString())
                .with("tandem.mappings.dir", mappings.toString())
                .with("tandem.edit.look-every", "50ms");
    }

    String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As an editor does that saves at once: the file is the old or the new one, never a half of it. */
    void write(Path file, String text) {
        try {
            Path beside = Files.writeString(file.resolveSibling("." + file.getFileName()), text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void replace(Path file, String old, String by) {
        String text = read(file);
        if (!text.contains(old)) {
            throw new AssertionError("there is no \"" + old + "\" in " + file);
        }
        write(file, text.replace(old, by));
    }

    /** @return the line that begins so, which is taken out of the file */
    String takeOut(Path file, String beginning) {
        String line = read(file)
                .lines()
                .filter(each -> each.startsWith(beginning))
                .findFirst()
                .orElseThrow();
        replace(file, line + "\n", "");
        return line;
    }

    /** The examples that ship hold what the mappings that ship make of them. */
    void forgetExamplesWith(String text) {
        try (Stream<Path> files = Files.walk(mappings.resolve("examples"))) {
            files.filter(Files::isRegularFile)
                    .filter(file -> read(file).toLowerCase(Locale.ROOT).contains(text))
                    .forEach(EditedCopy::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lays files beside those that are there, each at once. */
    static void add(Path from, Path to) {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
