package dev.tandem.command;

import dev.tandem.operation.report.DeadLetter;
import dev.tandem.operation.report.DeadLetterList;
import dev.tandem.operation.report.DeadLetterStory;
import dev.tandem.operation.report.LetterVerdicts;
import java.util.ArrayList;
import java.util.List;

/** Dead letters, for people. */
final class LettersText {
    private LettersText() {}

    static List<String> list(DeadLetterList list, String state) {
        if (list.total() == 0) {
            return List.of("Nothing is " + state + ".");
        }
        Sections sections = new Sections();
        list.letters().forEach(letter -> sections.sentences(letter(letter)));
        String total = list.total() + " " + state;
        return sections.sentences(List.of(
                        list.total() > list.letters().size() ? total + ", of which the newest are shown" : total))
                .lines();
    }

    private static List<String> letter(DeadLetter letter) {
        List<String> lines = new ArrayList<>();
        lines.add("#" + letter.id() + "  " + letter.flow() + "  " + letter.record() + "  " + letter.key());
        lines.add("    " + letter.state() + " since " + letter.since()
                + (letter.code().isEmpty() ? "" : "  (" + letter.code() + ")"));
        if (!letter.happened().isEmpty()) {
            lines.add("    What happened: " + letter.happened());
        }
        if (letter.mayHaveArrived()) {
            lines.add("    It may have arrived.");
        }
        if (letter.possibleRepeat()) {
            lines.add("    It was sent again after that: a possible repeat.");
        }
        lines.add("    What to do: " + letter.advice());
        return lines;
    }

    static List<String> story(DeadLetterStory story) {
        List<String> timeline = new ArrayList<>();
        timeline.add("What happened to " + story.letter().record() + ":");
        for (DeadLetterStory.Line line : story.timeline()) {
            timeline.add("  " + line.at() + "  " + line.key().orElse("the record") + "  " + line.event()
                    + line.attempt()
                            .filter(attempt -> attempt > 0)
                            .map(attempt -> "  attempt " + attempt)
                            .orElse("")
                    + line.code().map(code -> "  (" + code + ")").orElse("")
                    + line.words().map(words -> ": " + words).orElse(""));
        }
        return new Sections()
                .sentences(letter(story.letter()))
                .sentences(timeline)
                .lines();
    }

    static List<String> verdicts(LetterVerdicts verdicts, String done) {
        if (verdicts.verdicts().isEmpty()) {
            return List.of("There is none of that kind.");
        }
        List<String> lines = new ArrayList<>();
        for (LetterVerdicts.Verdict verdict : verdicts.verdicts()) {
            lines.add("#" + verdict.id() + "  "
                    + verdict.key()
                            .map(key -> verdict.record().orElse("") + "  " + key + ": ")
                            .orElse("")
                    + (verdict.done() ? done : "not done")
                    + (verdict.words().isEmpty() ? "" : "; " + verdict.words()));
        }
        return lines;
    }
}
