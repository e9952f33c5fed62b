package dev.tandem.live;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.ledger.Ledger;
import dev.tandem.settings.EditedDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** An edition as bytes, to be kept in the ledger's database: its files as JSON, compressed. */
final class EditionText {
    private static final ObjectMapper JSON = new ObjectMapper();

    private EditionText() {}

    static byte[] of(Edition edition) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            JSON.writeValue(
                    out,
                    Map.of(
                            "routes", edition.routes().texts(),
                            "mappings", edition.mappings().texts()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The last version that was in force, whoever's it was. */
    static Optional<Edition> lastGood(Ledger ledger) {
        return ledger.editions().lastGood().map(EditionText::read);
    }

    private static Edition read(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            Map<String, TreeMap<String, String>> texts = JSON.readValue(in, new TypeReference<>() {});
            return new Edition(
                    new EditedDirectory(texts.get("routes"), List.of()),
                    new EditedDirectory(texts.get("mappings"), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
