package dev.tandem.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The whole directory, read into memory at one moment. Everything else works on this, so that an import cannot reach out
 * of the directory and a file that changes meanwhile cannot mix two versions.
 */
record Sources(SortedMap<String, String> files) {
    private static final String EXAMPLES = "examples/";

    static Sources read(Path dir, Consumer<MappingFault> faults) {
        SortedMap<String, String> files = new TreeMap<>();
        try {
            Path root = root(dir);
            for (Path file : visible(root)) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!file.toRealPath().startsWith(root)) {
                    faults.accept(new MappingFault(
                            name, 0, 0, "this link leads out of the directory", "put a copy of the file in its place"));
                    continue;
                }
                text(name, file, faults).ifPresent(text -> files.put(name, text));
            }
        } catch (IOException | UncheckedIOException e) {
            faults.accept(new MappingFault(
                    dir.toString(), 0, 0, "cannot be read: " + e.getClass().getSimpleName(), "check path and rights"));
        }
        return new Sources(files);
    }

    /** What decides how records are mapped; examples do not. */
    String version() {
        MessageDigest digest = sha256();
        files.forEach((name, text) -> {
            if (!name.startsWith(EXAMPLES)) {
                digest.update((name + "\0" + text + "\0").getBytes(UTF_8));
            }
        });
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    Map<String, String> ending(String suffix) {
        Map<String, String> some = new TreeMap<>();
        files.forEach((name, text) -> {
            if (name.endsWith(suffix) && !name.startsWith(EXAMPLES)) {
                some.put(name, text);
            }
        });
        return some;
    }

    Map<String, String> examples() {
        Map<String, String> some = new TreeMap<>();
        files.forEach((name, text) -> {
            if (name.endsWith(".json") && name.startsWith(EXAMPLES)) {
                some.put(name, text);
            }
        });
        return some;
    }

    /** A mounted ConfigMap is swapped by one link, {@code ..data}: behind it lies one version as a whole. */
    private static Path root(Path dir) throws IOException {
        Path mounted = dir.resolve("..data");
        return Files.isDirectory(mounted) ? mounted.toRealPath() : dir.toRealPath();
    }

    private static List<Path> visible(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> hasOurEnding(file.getFileName().toString()))
                    .filter(file -> !hidden(root.relativize(file)))
                    .toList();
        }
    }

    private static boolean hasOurEnding(String name) {
        return name.endsWith(".jslt") || name.endsWith(".csv") || name.endsWith(".json");
    }

    private static boolean hidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> text(String name, Path file, Consumer<MappingFault> faults) throws IOException {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException e) {
            faults.accept(new MappingFault(name, 0, 0, "the file is not UTF-8", "save it as UTF-8"));
            return Optional.empty();
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
