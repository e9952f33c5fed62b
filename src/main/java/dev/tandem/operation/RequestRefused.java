package dev.tandem.operation;

import dev.tandem.outcome.OperationFailed;
import java.util.List;
import java.util.Optional;

/** A request that is not done, for what is wrong with it. */
public final class RequestRefused extends OperationFailed {
    /** The longest line of text that a request can hold. */
    private static final int LONGEST = 300;

    private final int status;
    private final String code;

    /**
     * Says why.
     *
     * @param status as in HTTP
     * @param code stable, for programs
     */
    public RequestRefused(int status, String code, String words) {
        super(status == 400 || status == 404 ? WRONG : UNREACHABLE, List.of(words));
        this.status = status;
        this.code = code;
    }

    /** A field that is not as it must be. */
    public static RequestRefused field(String name, String mustBe) {
        return new RequestRefused(400, "wrong-field", name + " is " + mustBe);
    }

    /** One line of text without spaces around it: control characters would forge lines of a log or a terminal. */
    public static String oneLine(String name, String text) {
        String line = text == null ? "" : text.strip();
        if (line.isEmpty() || line.length() > LONGEST || line.chars().anyMatch(Character::isISOControl)) {
            throw field(name, "one line of text, at most " + LONGEST + " characters");
        }
        return line;
    }

    static Optional<String> oneLine(String name, Optional<String> text) {
        return text.map(line -> oneLine(name, line));
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }
}
