package dev.tandem.operation.report.record;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An effect that does not go by itself. Ids, codes and words for people; never personal data.
 *
 * @param state {@code parked}, {@code waiting}, {@code baseline}; of one that is shown by its id also any other
 * @param code why, as a stable code; {@code dead-letters retry --reason} takes it
 * @param happened what happened, in words
 * @param advice what to do about it, in words
 * @param mayHaveArrived whether it may stand in the target already, so that sending it again may repeat it
 * @param possibleRepeat whether it was sent again after that
 * @param attempts calls that were begun for it
 * @param since when it came to this state
 */
public record DeadLetter(
        long id,
        String flow,
        String record,
        String kind,
        String key,
        String state,
        String code,
        String happened,
        String advice,
        boolean mayHaveArrived,
        boolean possibleRepeat,
        int attempts,
        Instant since,
        Optional<Instant> lastSent) {
    List<String> lines() {
        List<String> lines = linesWithoutAdvice();
        lines.add("    What to do: " + advice);
        return lines;
    }

    List<String> linesWithoutAdvice() {
        List<String> lines = new ArrayList<>();
        lines.add("#" + id + "  " + flow + "  " + record + "  " + key);
        lines.add("    " + state + " since " + since + (code.isEmpty() ? "" : "  (" + code + ")"));
        if (!happened.isEmpty()) {
            lines.add("    What happened: " + happened);
        }
        if (mayHaveArrived) {
            lines.add("    It may have arrived.");
        }
        if (possibleRepeat) {
            lines.add("    It was sent again after that: a possible repeat.");
        }
        return lines;
    }
}
