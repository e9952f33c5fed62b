package dev.tandem.operation.upgrade;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.tandem.files.EditedDirectory;
import dev.tandem.files.PathFault;
import dev.tandem.operation.report.UpgradeReport;
import dev.tandem.operation.report.UpgradeReport.Change;
import dev.tandem.operation.report.UpgradeReport.Changed;
import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares, file by file, what the release before came with, what people have made of it, and what this release comes with.
 *
 * @param edited the directory that holds the edited {@code routes} and {@code mappings}
 * @param before the jar of the release that they were edited from
 * @param now the jar of this release
 */
public record UpgradeCheck(Path edited, Path before, Path now) {
    private static final List<String> DIRECTORIES = List.of("routes", "mappings");
    private static final int CONTEXT = 3;

    /** @param take whether files that nobody has edited are replaced by those of this release */
    public UpgradeReport check(boolean take) {
        ShippedFiles shipped = ShippedFiles.in(before);
        ShippedFiles next = ShippedFiles.in(now);
        SortedMap<String, String> own = own();
        TreeSet<String> all = new TreeSet<>(shipped.texts().keySet());
        all.addAll(next.texts().keySet());
        all.addAll(own.keySet());
        List<Changed> changed = new ArrayList<>();
        int kept = 0;
        for (String file : all) {
            Optional<String> was = text(shipped.texts(), file);
            Optional<String> mine = text(own, file);
            Optional<String> comes = text(next.texts(), file);
            if (same(mine, comes)) {
                continue;
            }
            if (same(was, comes)) {
                kept++;
            } else if (!same(was, mine)) {
                changed.add(new Changed(file, change(was, comes), true, false, difference(file, was, comes)));
            } else {
                if (take) {
                    put(file, comes);
                }
                changed.add(new Changed(file, change(was, comes), false, take, List.of()));
            }
        }
        return new UpgradeReport(shipped.version(), next.version(), edited.toString(), changed, kept);
    }

    private SortedMap<String, String> own() {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String name : DIRECTORIES) {
            Path directory = edited.resolve(name);
            if (!Files.isDirectory(directory)) {
                throw new OperationFailed(
                        OperationFailed.WRONG,
                        List.of(
                                "There is no directory " + directory + ".",
                                "Name the one that holds routes/ and mappings/."));
            }
            EditedDirectory read = EditedDirectory.read(directory, List.of(""));
            if (!read.faults().isEmpty()) {
                throw OperationFailed.unusable(directory + " cannot be read:", read.faults());
            }
            read.texts().forEach((file, text) -> texts.put(name + "/" + file, text));
        }
        return texts;
    }

    /** Line ends and a byte order mark are a spreadsheet's, not a person's edit. */
    private static Optional<String> text(Map<String, String> texts, String file) {
        return Optional.ofNullable(texts.get(file))
                .map(text -> text.startsWith("\uFEFF") ? text.substring(1) : text)
                .map(text -> text.replace("\r\n", "\n").stripTrailing());
    }

    private static boolean same(Optional<String> one, Optional<String> other) {
        return one.equals(other);
    }

    private static Change change(Optional<String> was, Optional<String> comes) {
        return was.isEmpty() ? Change.NEW : comes.isEmpty() ? Change.GONE : Change.CHANGED;
    }

    private static List<String> difference(String file, Optional<String> was, Optional<String> comes) {
        List<String> before = lines(was);
        return UnifiedDiffUtils.generateUnifiedDiff(
                was.isEmpty() ? "/dev/null" : "before/" + file,
                comes.isEmpty() ? "/dev/null" : "now/" + file,
                before,
                DiffUtils.diff(before, lines(comes)),
                CONTEXT);
    }

    private static List<String> lines(Optional<String> text) {
        return text.map(present -> present.lines().toList()).orElse(List.of());
    }

    /** As it was shipped, whatever the line ends of the one before. */
    private void put(String file, Optional<String> comes) {
        Path target = edited.resolve(file);
        try {
            if (comes.isEmpty()) {
                Files.delete(target);
            } else {
                Files.createDirectories(target.getParent());
                Files.writeString(target, comes.get() + "\n");
            }
        } catch (IOException e) {
            throw new OperationFailed(OperationFailed.WRONG, List.of(PathFault.notWritten(target, e)));
        }
    }
}
