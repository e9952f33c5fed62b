package dev.tandem.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.TreeMap;

/**
 * A volume of ConfigMaps in the layout that the kubelet makes: a hidden directory for each version, a link {@code ..data} to
 * one of them, and links to what lies in it. A change is a new version, and the link put elsewhere in one step.
 */
final class MountedVolume {
    private final Path directory;
    private final Map<String, String> files;
    private int version;

    /** @param files content by path */
    MountedVolume(Path directory, Map<String, String> files) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.files = new TreeMap<>(files);
        write();
        for (String file : files.keySet()) {
            Path top = Path.of(file).getName(0);
            Path link = directory.resolve(top.toString());
            if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(link, Path.of("..data").resolve(top));
            }
        }
    }

    Path directory() {
        return directory;
    }

    void change(String file, String content) throws IOException {
        files.put(file, content);
        write();
    }

    private void write() throws IOException {
        Path name = Path.of("..version_" + version++);
        for (var file : files.entrySet()) {
            Path target = directory.resolve(name).resolve(file.getKey());
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.getValue());
        }
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), name);
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
