package dev.tandem.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Writes a directory as the kubelet does with a ConfigMap: a hidden directory per version, and one link that is switched. */
public final class MountedConfigMap {
    private final Path mount;
    private int versions;

    public MountedConfigMap(Path mount) throws IOException {
        this.mount = Files.createDirectories(mount);
    }

    /** The new version is there as a whole, then the switch, then the old one goes. */
    public void write(Map<String, String> files) throws IOException {
        Path data = mount.resolve("..data");
        Path old = Files.isSymbolicLink(data) ? mount.resolve(Files.readSymbolicLink(data)) : null;
        Path next = Files.createDirectory(mount.resolve("..2026_01_01_00_00_" + versions++));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(next.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(mount.resolve("..data_tmp"), next.getFileName());
        Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        for (String name : files.keySet()) {
            if (!Files.isSymbolicLink(mount.resolve(name))) {
                Files.createSymbolicLink(mount.resolve(name), Path.of("..data", name));
            }
        }
        for (Path name : visible()) {
            if (!files.containsKey(name.getFileName().toString())) {
                Files.delete(name);
            }
        }
        if (old != null) {
            remove(old);
        }
    }

    private List<Path> visible() throws IOException {
        try (Stream<Path> names = Files.list(mount)) {
            return names.filter(name -> !name.getFileName().toString().startsWith(".."))
                    .toList();
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
