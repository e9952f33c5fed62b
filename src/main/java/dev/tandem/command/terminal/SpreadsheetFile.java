package dev.tandem.command.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.tandem.files.OwnerOnly;
import dev.tandem.files.PathFault;
import dev.tandem.operation.report.SpreadsheetCell;
import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A table in a file for a spreadsheet: the owner's alone, and no cell is a formula. */
public final class SpreadsheetFile implements AutoCloseable {
    private static final CsvMapper CSV = CsvMapper.csvBuilder()
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS)
            .build();

    private final Optional<Path> file;
    private volatile boolean written;

    private SpreadsheetFile(Optional<Path> file) {
        this.file = file;
    }

    /**
     * Before the long work whose result it is to hold; without that result nothing stays.
     *
     * @param file empty if nobody wants one
     */
    public static SpreadsheetFile create(Optional<Path> file) {
        file.ifPresent(path -> {
            try {
                OwnerOnly.createFile(path);
            } catch (IOException failed) {
                throw wrong(PathFault.notMade(path, failed));
            }
        });
        return new SpreadsheetFile(file);
    }

    public void write(Supplier<List<List<String>>> rows) {
        file.ifPresent(path -> {
            try {
                Files.writeString(path, text(rows.get()));
                written = true;
            } catch (IOException failed) {
                throw wrong(PathFault.notWritten(path, failed));
            }
        });
    }

    private static String text(List<List<String>> rows) throws JsonProcessingException {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(CSV.writer()
                    .with(CSV.schemaFor(String[].class))
                    .writeValueAsString(row.stream().map(SpreadsheetCell::text).toArray(String[]::new)));
        }
        return text.toString();
    }

    @Override
    public void close() {
        file.filter(path -> !written).ifPresent(path -> {
            try {
                Files.deleteIfExists(path);
            } catch (IOException stays) {
                // It is empty or cut off, and the command has failed.
            }
        });
    }

    private static OperationFailed wrong(String line) {
        return new OperationFailed(OperationFailed.WRONG, List.of(line));
    }
}
