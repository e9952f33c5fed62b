package dev.tandem.endtoend;

import dev.tandem.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a user has: the packaged jar, and a directory of their own with routes, mappings and settings in it. */
final class PackagedJar {
    /** How a command ended, and what it printed. */
    record Ended(int code, String out, String err) {
        List<String> errLines() {
            return err.lines().filter(line -> !line.isBlank()).toList();
        }
    }

    private final Path directory;
    private final List<String> java = new ArrayList<>();

    PackagedJar(Path directory, String... javaOptions) {
        this.directory = directory;
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Short commands, several at once on a small machine.
        java.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        java.addAll(List.of(javaOptions));
        java.addAll(List.of(
                "-jar",
                Path.of(System.getProperty("tandem.jar", "target/tandem.jar"))
                        .toAbsolutePath()
                        .toString()));
        FileTree.copy(Path.of("routes"), directory.resolve("routes"));
        FileTree.copy(Path.of("mappings"), directory.resolve("mappings"));
    }

    PackagedJar settings(String text) {
        return write("application.properties", text);
    }

    /** A file of the user's, named from their directory. */
    PackagedJar write(String file, String text) {
        try {
            Files.writeString(directory.resolve(file), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Ended run(Duration atMost, String... arguments) {
        List<String> line = new ArrayList<>(java);
        line.addAll(List.of(arguments));
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        try {
            Process process = new ProcessBuilder(line)
                    .directory(directory.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(List.of(arguments) + " did not end: " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
