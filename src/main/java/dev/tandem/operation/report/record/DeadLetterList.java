package dev.tandem.operation.report.record;

import dev.tandem.operation.report.Report;
import dev.tandem.operation.report.ReportText;
import java.util.List;

/**
 * Effects that do not go by themselves, the newest first.
 *
 * @param total how many there are in all; {@code letters} may be fewer
 */
public record DeadLetterList(List<DeadLetter> letters, long total) implements Report {
    /**
     * For people.
     *
     * @param state of those that were asked for
     */
    public ReportText text(String state) {
        if (total == 0) {
            return new ReportText().sentences("Nothing is " + state + ".");
        }
        ReportText text = new ReportText();
        if (letters.size() == 1) {
            text.sentences(letters.get(0).lines());
        } else {
            letters.forEach(letter -> text.sentences(letter.linesWithoutAdvice()));
            text.sentences("What to do:")
                    .sentences(letters.stream()
                            .map(letter -> (letter.code().isEmpty() ? "" : letter.code() + ": ") + letter.advice())
                            .distinct()
                            .toList());
        }
        return text.sentences(total + " " + state + (total > letters.size() ? ", of which the newest are shown" : ""));
    }
}
