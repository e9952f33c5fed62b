package dev.tandem.chaos;

import dev.tandem.chaos.Findings.Sort;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The outcome as a table for people. */
final class Report {
    private static final int EXAMPLES = 8;

    private Report() {}

    static String of(Run.Outcome outcome) {
        StringBuilder text = new StringBuilder();
        Plan plan = outcome.plan();
        Findings findings = outcome.findings();
        line(
                text,
                "%n%s: %d children, %d acts (%d never became possible), %d faults, %d s",
                plan.name(),
                plan.records(),
                plan.acts(),
                outcome.putOff(),
                outcome.faults().size(),
                outcome.millis() / 1000);
        Map<String, Integer> kinds = new TreeMap<>();
        outcome.faults().forEach(fault -> kinds.merge(words(fault), 1, Integer::sum));
        line(text, "  faults: %s", kinds);
        line(text, "  calls that were struck: %s", outcome.struck());
        line(text, "  looked at: %s", findings.looked);
        for (Sort sort : Sort.values()) {
            List<String> found = findings.of(sort);
            line(
                    text,
                    "  %6d  %s%s",
                    found.size(),
                    sort.words,
                    sort == Sort.REPEATED ? " (lost answers: " + outcome.lostAnswers() + ")" : "");
            if (sort.isFault || sort == Sort.LISTED) {
                found.stream().limit(EXAMPLES).forEach(each -> line(text, "            %s", each));
            }
        }
        line(
                text,
                "  %s",
                findings.sound() ? "sound" : "NOT SOUND: seed " + plan.seed() + ", " + plan.acts() + " acts");
        return text.toString();
    }

    private static String words(InjectedFault fault) {
        return fault.kind().words() + (fault.hit() ? "" : " (hit nobody)");
    }

    private static void line(StringBuilder text, String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}
