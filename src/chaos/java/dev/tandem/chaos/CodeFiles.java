package dev.tandem.chaos;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The code lists that ship, the one thing of the product that the history and the checker know. */
record CodeFiles(List<Map<String, String>> agencies, List<Map<String, String>> services) {
    static CodeFiles read(Path mappings) {
        List<Map<String, String>> services = rows(mappings, "services").stream()
                .filter(row -> row.get("direction").equals("both")
                        && row.get("ambiguous").isEmpty()
                        && !row.get("primero_subtype").isEmpty())
                .toList();
        return new CodeFiles(rows(mappings, "agencies").subList(0, 6), services);
    }

    private static List<Map<String, String>> rows(Path mappings, String list) {
        Path file = mappings.resolve("code-lists").resolve(list + ".csv");
        try (MappingIterator<Map<String, String>> rows = new CsvMapper()
                .readerForMapOf(String.class)
                .with(CsvSchema.emptySchema().withHeader())
                .readValues(file.toFile())) {
            return rows.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
