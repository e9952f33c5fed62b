package dev.tandem.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged distribution, unpacked in a directory, and its launcher started as somebody who is not root. */
final class Unpacked {
    /** How a command ended, and what it printed. */
    record Ended(int code, String out, String err) {}

    private static final String NOBODY = "65534";
    private static final boolean ROOT = System.getProperty("user.name").equals("root");

    final Path directory;

    private Unpacked(Path directory) {
        this.directory = directory;
    }

    /** @param into made, with its parents open to whoever runs the launcher */
    static Unpacked in(Path into) throws IOException, InterruptedException {
        Files.createDirectories(into);
        run(
                List.of("tar", "-xzf", packed(".tar.gz").toString(), "-C", into.toString(), "--no-same-owner"),
                into,
                Map.of());
        for (Path parent = into;
                parent.startsWith(System.getProperty("java.io.tmpdir")) && Files.isWritable(parent); ) {
            if (!parent.equals(Path.of(System.getProperty("java.io.tmpdir")))) {
                Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            parent = parent.getParent();
        }
        try (Stream<Path> inside = Files.list(into)) {
            return new Unpacked(inside.filter(Files::isDirectory).findFirst().orElseThrow());
        }
    }

    static Path packed(String ending) throws IOException {
        Path target = Path.of(System.getProperty("tandem.jar", "target/tandem.jar"))
                .toAbsolutePath()
                .getParent();
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file ->
                            file.getFileName().toString().matches("tandem-[0-9].*" + ending.replace(".", "\\.")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** Gives a directory to whoever runs the launcher. */
    static Path given(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        if (ROOT) {
            run(List.of("chown", "-R", NOBODY, directory.toString()), directory, Map.of());
        }
        return directory;
    }

    Ended command(Path from, String... arguments) throws IOException, InterruptedException {
        return command(from, Map.of(), directory.resolve("tandem"), arguments);
    }

    Ended command(Path from, Map<String, String> environment, Path launcher, String... arguments)
            throws IOException, InterruptedException {
        return run(line(launcher, arguments), from, environment);
    }

    Process begin(Path from, Path log, String... arguments) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line(directory.resolve("tandem"), arguments))
                .directory(from.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(java());
        return builder.start();
    }

    private static List<String> line(Path launcher, String... arguments) {
        List<String> line = new ArrayList<>();
        if (ROOT) {
            line.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--"));
        }
        line.add(launcher.toString());
        line.addAll(List.of(arguments));
        return line;
    }

    private static Map<String, String> java() {
        return Map.of("JAVA_HOME", System.getProperty("java.home"));
    }

    private static Ended run(List<String> line, Path from, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile("out", ".txt");
        Path err = Files.createTempFile("err", ".txt");
        try {
            ProcessBuilder builder = new ProcessBuilder(line)
                    .directory(from.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(java());
            builder.environment().putAll(environment);
            builder.environment().values().removeIf(String::isEmpty);
            Process process = builder.start();
            if (!process.waitFor(180, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(line + " did not end: " + Files.readString(err));
            }
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            Files.delete(out);
            Files.delete(err);
        }
    }

    static void lines(Path file, String... lines) {
        try {
            Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
