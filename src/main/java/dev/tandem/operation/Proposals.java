package dev.tandem.operation;

import dev.tandem.files.PathFault;
import dev.tandem.operation.report.DoctorReport;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Code lists with a proposed row for each value that they lack. What only a person knows is a {@code ?}. */
public final class Proposals {
    private static final String FOLDER = "code-lists";
    private static final String OPEN = "?";

    private Proposals() {}

    /**
     * Writes each list that lacks something, whole, into the directory.
     *
     * @return what was written, in sentences
     * @throws OperationFailed if one of the files is there already, or cannot be written
     */
    public static List<String> write(Settings settings, Path directory, DoctorReport report) {
        List<DoctorReport.Proposed> proposed = report.proposed();
        if (proposed.isEmpty()) {
            return List.of(
                    report.readBothInFull()
                            ? "No code list lacks a value: nothing was written."
                            : "Nothing was written: no code list lacks a value that was read, but not all was read (see what"
                                    + " is unreachable or not checked).");
        }
        Path mappings = settings.directories().mappings();
        List<String> said = new ArrayList<>();
        Map<String, List<DoctorReport.Proposed>> byList = proposed.stream()
                .sorted(Comparator.comparing(row -> row.cells().toString()))
                .collect(Collectors.groupingBy(DoctorReport.Proposed::list, LinkedHashMap::new, Collectors.toList()));
        // All or none.
        byList.keySet().stream()
                .map(list -> file(directory, list))
                .filter(Files::exists)
                .findFirst()
                .ifPresent(there -> {
                    throw new OperationFailed(
                            OperationFailed.WRONG,
                            List.of(there + " is there already and was left alone: name a directory in which it is not"
                                    + " yet. Nothing was written."));
                });
        byList.forEach((list, rows) -> {
            Path from = file(mappings, list);
            Path to = file(directory, list);
            try {
                Files.createDirectories(to.getParent());
                Files.writeString(to, extended(Files.readString(from), rows), StandardOpenOption.CREATE_NEW);
            } catch (IOException e) {
                throw new OperationFailed(OperationFailed.WRONG, List.of(PathFault.notWritten(to, e)));
            }
            said.add("Wrote " + to + ": " + rows.size() + (rows.size() == 1 ? " row" : " rows") + " to complete.");
        });
        said.add("Replace each ? (direction none keeps a value that is never mapped), copy the files into "
                + mappings.resolve(FOLDER) + ", and run `tandem validate`.");
        return said;
    }

    private static Path file(Path directory, String list) {
        return directory.resolve(FOLDER).resolve(list + ".csv");
    }

    private static String extended(String csv, List<DoctorReport.Proposed> rows) {
        String header = csv.replace("\uFEFF", "").lines().findFirst().orElse("");
        StringBuilder text = new StringBuilder(csv);
        if (!csv.endsWith("\n")) {
            text.append('\n');
        }
        for (DoctorReport.Proposed row : rows) {
            List<String> cells = new ArrayList<>();
            for (String column : header.split(",")) {
                cells.add(
                        switch (column) {
                            case "note" -> "proposed: " + row.where();
                            case "ambiguous" -> "";
                            default -> cell(row.cells().getOrDefault(column, OPEN));
                        });
            }
            text.append(String.join(",", cells)).append('\n');
        }
        return text.toString();
    }

    private static String cell(String value) {
        return value.matches("[^,\"\\r\\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
