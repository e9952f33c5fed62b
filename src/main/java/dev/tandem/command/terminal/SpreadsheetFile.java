package dev.tandem.command.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.tandem.files.OwnerOnly;
import dev.tandem.operation.report.SpreadsheetCell;
import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A table in a file for a spreadsheet: the owner's alone, and no cell is a formula. */
public final class SpreadsheetFile {
    private static final CsvMapper CSV = CsvMapper.csvBuilder()
            .enable(CsvGenerator.Feature.ALWAYS_QUOTE_STRINGS)
            .build();

    private SpreadsheetFile() {}

    /** Before the long work whose result it is to hold. */
    public static void create(Path file) {
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException there) {
            throw wrong(file + " is there already: name another file.");
        } catch (IOException failed) {
            throw wrong(
                    file + " cannot be written: name a file in a directory that is there and that you may write to.");
        }
    }

    public static void write(Path file, List<List<String>> rows) {
        StringBuilder text = new StringBuilder();
        try {
            for (List<String> row : rows) {
                text.append(CSV.writer()
                        .with(CSV.schemaFor(String[].class))
                        .writeValueAsString(
                                row.stream().map(SpreadsheetCell::text).toArray(String[]::new)));
            }
            Files.writeString(file, text);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException failed) {
            throw wrong(file + " cannot be written: see to the disk.");
        }
    }

    private static OperationFailed wrong(String line) {
        return new OperationFailed(OperationFailed.WRONG, List.of(line));
    }
}
