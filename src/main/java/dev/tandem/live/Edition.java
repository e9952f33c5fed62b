package dev.tandem.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.files.EditedDirectory;
import dev.tandem.ledger.Ledger;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** One version of everything that people edit: the routes and the mappings, read together. */
public record Edition(EditedDirectory routes, EditedDirectory mappings) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ROUTES = List.of(".camel.yaml", ".xml");
    private static final List<String> MAPPINGS = List.of(".jslt", ".csv", ".json");
    private static final String EXAMPLES = "examples/";

    /** Reads both directories; what cannot be read is among their faults. */
    public static Edition read(Path routes, Path mappings) {
        return new Edition(EditedDirectory.read(routes, ROUTES), EditedDirectory.read(mappings, MAPPINGS));
    }

    /** The mappings alone, of whatever routes. */
    public static EditedDirectory readMappings(Path mappings) {
        return EditedDirectory.read(mappings, MAPPINGS);
    }

    /** A hash of all that decides what is done to a record, which examples do not: 16 hexadecimal digits. */
    public String version() {
        MessageDigest digest = sha256();
        add(digest, "routes", routes.texts());
        add(digest, "mappings", mappings.texts());
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    /** Whether each file could be read. */
    boolean isReadable() {
        return routes.faults().isEmpty() && mappings.faults().isEmpty();
    }

    /** A hash of every text, examples too, and of what else a verdict on them depends on: 64 hexadecimal digits. */
    String fingerprint(String circumstances) {
        MessageDigest digest = sha256();
        whole(digest, circumstances);
        for (SortedMap<String, String> texts : List.of(routes.texts(), mappings.texts())) {
            whole(digest, String.valueOf(texts.size()));
            texts.forEach((name, text) -> {
                whole(digest, name);
                whole(digest, text);
            });
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** With its length: no text can be written so that it passes for several. */
    private static void whole(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }

    /** Which files another version has that this one has not, lacks or has otherwise. */
    public List<String> differsFrom(Edition other) {
        List<String> changed = new ArrayList<>();
        changed.addAll(changed("routes/", routes.texts(), other.routes.texts()));
        changed.addAll(changed("mappings/", mappings.texts(), other.mappings.texts()));
        return changed;
    }

    private static List<String> changed(
            String prefix, SortedMap<String, String> these, SortedMap<String, String> those) {
        TreeSet<String> names = new TreeSet<>(these.keySet());
        names.addAll(those.keySet());
        return names.stream()
                .filter(name -> !java.util.Objects.equals(these.get(name), those.get(name)))
                .map(name -> prefix + name)
                .toList();
    }

    private static void add(MessageDigest digest, String directory, SortedMap<String, String> texts) {
        texts.forEach((name, text) -> {
            if (!name.startsWith(EXAMPLES)) {
                add(digest, directory, name, text);
            }
        });
    }

    private static void add(MessageDigest digest, String directory, String name, String text) {
        digest.update((directory + "/" + name + "\0" + text + "\0").getBytes(UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** To be kept in the ledger's database: the files as JSON, compressed. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            JSON.writeValue(out, Map.of("routes", routes.texts(), "mappings", mappings.texts()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static Edition of(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            Map<String, TreeMap<String, String>> texts = JSON.readValue(in, new TypeReference<>() {});
            return new Edition(
                    new EditedDirectory(texts.get("routes"), List.of()),
                    new EditedDirectory(texts.get("mappings"), List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The last version that was in force, in whichever replica. */
    static Optional<Edition> lastGood(Ledger ledger) {
        return ledger.editions().lastGood().map(Edition::of);
    }
}
