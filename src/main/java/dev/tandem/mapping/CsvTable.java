package dev.tandem.mapping;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A table as a spreadsheet writes it: a header, rows with their line, byte order mark and CRLF allowed. */
record CsvTable(String file, List<String> columns, List<Row> rows) {
    private static final CsvMapper CSV = new CsvMapper();

    /**
     * @param line the line of the file on which the row begins
     * @param cells by column, in their order
     */
    record Row(int line, ObjectNode cells) {
        String get(String column) {
            return cells.path(column).asText();
        }

        List<String> get(List<String> some) {
            return some.stream().map(this::get).toList();
        }
    }

    /** What can be read of the text; what cannot goes to {@code faults}. */
    static CsvTable read(String file, String text, Consumer<MappingFault> faults) {
        List<Line> lines = lines(file, text.startsWith("\uFEFF") ? text.substring(1) : text, faults);
        if (lines.isEmpty()) {
            faults.accept(new MappingFault(file, "the file is empty", "write the header row"));
            return new CsvTable(file, List.of(), List.of());
        }
        List<String> columns = lines.get(0).cells();
        if (columns.size() == 1 && columns.get(0).contains(";")) {
            faults.accept(new MappingFault(
                    file, 1, 0, "the columns are separated by semicolons", "save it as CSV separated by commas"));
            return new CsvTable(file, List.of(), List.of());
        }
        List<Row> rows = new ArrayList<>();
        for (Line line : lines.subList(1, lines.size())) {
            if (line.cells().size() != columns.size()) {
                faults.accept(new MappingFault(
                        file,
                        line.number(),
                        0,
                        line.cells().size() + " cells where the header has " + columns.size(),
                        "a text that contains a comma must stand in double quotes"));
                continue;
            }
            ObjectNode cells = JsonNodeFactory.instance.objectNode();
            for (int i = 0; i < columns.size(); i++) {
                cells.put(columns.get(i), line.cells().get(i));
            }
            rows.add(new Row(line.number(), cells));
        }
        return new CsvTable(file, columns, List.copyOf(rows));
    }

    MappingFault fault(int line, String column, String message, String whatToDo) {
        return new MappingFault(file, line, columns.indexOf(column) + 1, message, whatToDo);
    }

    private record Line(int number, List<String> cells) {}

    private static List<Line> lines(String file, String text, Consumer<MappingFault> faults) {
        List<Line> lines = new ArrayList<>();
        int number = 1;
        try (MappingIterator<String[]> it = CSV.readerFor(String[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(text)) {
            while (it.hasNextValue()) {
                String[] cells = it.nextValue();
                if (cells.length > 1 || (cells.length == 1 && !cells[0].isBlank())) {
                    lines.add(new Line(number, List.of(cells)));
                }
                number = it.getParser().currentLocation().getLineNr();
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? number : e.getLocation().getLineNr();
            faults.accept(
                    new MappingFault(file, line, 0, "this is not CSV", "look for a double quote that is not closed"));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot fail to be read", e);
        }
        return lines;
    }
}
