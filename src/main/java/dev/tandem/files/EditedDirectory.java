package dev.tandem.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The files of a directory, read into memory at one moment. Everything else works on this, so that an import cannot reach out
 * of the directory and a file that changes meanwhile cannot mix two versions.
 *
 * @param texts by path inside the directory, with {@code /}
 * @param faults what could not be read, and why
 */
public record EditedDirectory(SortedMap<String, String> texts, List<Fault> faults) {
    /**
     * A file that cannot be used as it is.
     *
     * @param file path inside the directory; the directory itself if that cannot be read
     */
    public record Fault(String file, String message, String whatToDo) {}

    private static final String MOUNTED = "..data";
    private static final Pattern HIDDEN = Pattern.compile("(^|[/\\\\])\\.");
    private static final int MOST_TRIES = 10;
    private static final int DEEPEST = 20;
    /** In bytes. The longest code lists that are known are a twentieth of it. */
    private static final int LARGEST = 10 * 1024 * 1024;
    /** In characters, of all files; a ConfigMap has a million. */
    private static final long MOST = 20L * 1024 * 1024;

    public EditedDirectory {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
        faults = List.copyOf(faults);
    }

    /**
     * Reads all files with one of these endings, also below, but nothing hidden.
     *
     * @param endings such as {@code .jslt}
     */
    public static EditedDirectory read(Path directory, List<String> endings) {
        try {
            for (int tries = 0; tries < MOST_TRIES; tries++) {
                Path root = root(directory);
                EditedDirectory read = readAt(root, endings);
                // Switched meanwhile, the version that was read may have lost files while it was read.
                if (root.equals(root(directory))) {
                    return read;
                }
            }
            return unreadable(directory, "it changes faster than it can be read", "wait until it is written");
        } catch (IOException e) {
            return unreadable(directory, "cannot be read: " + reason(e), "check path and rights");
        }
    }

    private static EditedDirectory readAt(Path root, List<String> endings) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        List<Fault> faults = new ArrayList<>();
        long left = MOST;
        try {
            for (Path file : visible(root, endings, faults::add)) {
                String name = root.relativize(file).toString().replace('\\', '/');
                if (!file.toRealPath().startsWith(root)) {
                    faults.add(new Fault(
                            name, "this link leads out of the directory", "put a copy of the file in its place"));
                    continue;
                }
                Optional<String> text = text(name, file, faults::add);
                left -= text.map(String::length).orElse(0);
                if (left < 0) {
                    faults.add(new Fault(
                            name, "with it, all files are larger than " + MOST, "take away what is not needed"));
                    break;
                }
                text.ifPresent(read -> texts.put(name, read));
            }
        } catch (NoSuchFileException | FileSystemLoopException e) {
            faults.add(
                    new Fault(root.toString(), "cannot be read: " + reason(e), "is it being written at this moment?"));
        }
        return new EditedDirectory(texts, faults);
    }

    private static EditedDirectory unreadable(Path directory, String message, String whatToDo) {
        return new EditedDirectory(new TreeMap<>(), List.of(new Fault(directory.toString(), message, whatToDo)));
    }

    /** A mounted ConfigMap is swapped by one link, {@code ..data}: behind it lies one version as a whole. */
    private static Path root(Path directory) throws IOException {
        Path mounted = directory.resolve(MOUNTED);
        return Files.isDirectory(mounted) ? mounted.toRealPath() : directory.toRealPath();
    }

    /** Without going where a link leads out: that may be a whole disk. */
    private static List<Path> visible(Path root, List<String> endings, Consumer<Fault> faults) throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(root, Set.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                String name = root.relativize(directory).toString();
                if (HIDDEN.matcher(name).find()) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (!directory.toRealPath().startsWith(root)) {
                    faults.accept(new Fault(
                            name, "this link leads out of the directory", "put a copy of the files in its place"));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && endings.stream().anyMatch(file.getFileName().toString()::endsWith)
                        && !HIDDEN.matcher(root.relativize(file).toString()).find()) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return files.stream().sorted().toList();
    }

    private static Optional<String> text(String name, Path file, Consumer<Fault> faults) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                faults.accept(new Fault(name, "the file is larger than " + LARGEST + " bytes", "divide it"));
                return Optional.empty();
            }
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            // The byte order mark that editors of Windows put first; JSLT and YAML would take it for a character.
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            faults.accept(new Fault(name, "the file is not UTF-8", "save it as UTF-8"));
            return Optional.empty();
        }
    }

    private static String reason(Exception e) {
        return e.getClass().getSimpleName();
    }
}
