package dev.tandem.operation.upgrade;

import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/**
 * The routes and mappings as they came with a release: they are in its jar too, where nobody edits them.
 *
 * @param texts by path, such as {@code routes/errors.camel.yaml}
 */
record ShippedFiles(String version, SortedMap<String, String> texts) {
    private static final String SHIPPED = "shipped/";

    static ShippedFiles in(Path jar) {
        SortedMap<String, String> texts = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (entry.getName().startsWith(SHIPPED) && !entry.isDirectory()) {
                    texts.put(
                            entry.getName().substring(SHIPPED.length()),
                            new String(file.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            if (texts.isEmpty()) {
                throw unusable(jar, "it does not hold the files of its release");
            }
            String version = file.getManifest().getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            return new ShippedFiles(version == null ? "of unknown version" : version, texts);
        } catch (IOException e) {
            throw unusable(jar, "it cannot be read");
        }
    }

    private static OperationFailed unusable(Path jar, String why) {
        return new OperationFailed(
                OperationFailed.WRONG,
                List.of(jar + " is not the jar of a release of Tandem: " + why + ".", "Name the directory of one."));
    }
}
