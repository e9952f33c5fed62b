package dev.tandem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The bill of materials names what is distributed, file by file. */
class SbomIT {
    @Test
    void it_has_each_library_with_its_hash_and_licence() throws Exception {
        Path bill = Path.of("target/tandem-sbom.json");
        assumeThat(bill).as("Maven leaves it out with -o").exists();
        Map<String, String> listed = new TreeMap<>();
        for (JsonNode component : new ObjectMapper().readTree(bill.toFile()).path("components")) {
            assertThat(component.path("licenses"))
                    .as(component.path("name").asText())
                    .isNotEmpty();
            for (JsonNode hash : component.path("hashes")) {
                if (hash.path("alg").asText().equals("SHA-256")) {
                    listed.put(
                            component.path("name").asText() + "-"
                                    + component.path("version").asText(),
                            hash.path("content").asText());
                }
            }
        }

        assertThat(listed).hasSizeGreaterThan(50).isEqualTo(distributed());
    }

    private static Map<String, String> distributed() throws IOException, NoSuchAlgorithmException {
        Map<String, String> files = new TreeMap<>();
        try (var jars = Files.newDirectoryStream(Path.of("target/lib"))) {
            for (Path jar : jars) {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
                files.put(
                        jar.getFileName().toString().replace(".jar", ""),
                        HexFormat.of().formatHex(hash));
            }
        }
        return files;
    }
}
