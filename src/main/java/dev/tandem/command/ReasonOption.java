package dev.tandem.command;

import dev.tandem.outcome.OperationFailed;
import java.util.List;

/** A person's reason, as it goes into the journal. */
final class ReasonOption {
    /** Who says so, where the command line does. */
    static final String COMMAND_LINE =
            "command line, user " + System.getProperty("user.name", "unknown").replaceAll("[^\\p{Alnum}._@-]", "_");

    private static final int LONGEST = 300;

    private ReasonOption() {}

    static String checked(String text) {
        String line = text.strip();
        if (line.isEmpty() || line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of("--because is one line of text, at most " + LONGEST + " characters."));
        }
        return line;
    }
}
