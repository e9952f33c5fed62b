package dev.tandem.sandbox.oscar;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The lists that a new OSCaR starts with. */
final class Resources {
    private Resources() {}

    static List<String> organizations() {
        return read("organizations.csv").stream()
                .map(row -> row.get("short_name"))
                .toList();
    }

    /** Rows of {@code category, name, uuid}; homonyms stand once in each category. */
    static List<Map<String, String>> services() {
        return read("services.csv");
    }

    private static List<Map<String, String>> read(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/sandbox/oscar/" + name)) {
            MappingIterator<Map<String, String>> rows = new CsvMapper()
                    .readerForMapOf(String.class)
                    .with(CsvSchema.emptySchema().withHeader())
                    .readValues(in);
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
