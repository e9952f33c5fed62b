package dev.tandem.operation.report;

import dev.tandem.outcome.OperationFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What all checks found.
 *
 * @param proposed rows for values that exist on a server and are in no code list
 */
public record DoctorReport(List<Line> findings, List<Proposed> proposed) implements Report {
    private static final int FAULT = 3;
    private static final int SHOWN = 5;
    private static final String BELOW = "               ";

    /**
     * One sentence.
     *
     * @param level {@code ok}, {@code skipped}, {@code warn}, {@code fault} or {@code unreachable}
     * @param subjects what it is about: fields, values, NGOs
     * @param words with all of them
     * @param remedy what to do
     */
    public record Line(String check, String level, List<String> subjects, String words, String remedy) {
        /** @param sentence with {@code {}} where the subjects belong */
        public static Line of(String check, String level, List<String> subjects, String sentence, String remedy) {
            int most = Math.min(SHOWN, subjects.size());
            String named = String.join(", ", subjects.subList(0, most))
                    + (subjects.size() > most ? " and " + (subjects.size() - most) + " more" : "");
            return new Line(check, level, subjects, sentence.replace("{}", named), remedy);
        }
    }

    /** @param cells by column */
    public record Proposed(String list, Map<String, String> cells, String where) {}

    /** 4 goes before 3: what was not reached was not checked. */
    @Override
    public int exitCode() {
        return count("unreachable") > 0 ? OperationFailed.UNREACHABLE : count("fault") > 0 ? FAULT : 0;
    }

    /** Whether nothing of either system is unreachable or not checked. */
    public boolean readBothInFull() {
        return findings.stream()
                .filter(line -> line.check().matches("(primero|oscar)\\..*"))
                .noneMatch(line -> List.of("unreachable", "skipped").contains(line.level()));
    }

    private long count(String level) {
        return findings.stream().filter(line -> line.level().equals(level)).count();
    }

    public ReportText text() {
        List<String> lines = new ArrayList<>();
        for (Line line : findings) {
            lines.add(String.format(Locale.ROOT, "%-11s  %s: %s", shown(line.level()), line.check(), line.words()));
            if (!line.remedy().isBlank()) {
                lines.add(BELOW + line.remedy());
            }
        }
        return new ReportText()
                .sentences(lines)
                .sentences(count("ok") + " well, " + count("warn") + " to know, " + count("fault") + " faults, "
                        + count("unreachable") + " unreachable, " + count("skipped") + " not checked.");
    }

    private static String shown(String level) {
        return level.equals("ok") || level.equals("skipped") ? level : level.toUpperCase(Locale.ROOT);
    }
}
