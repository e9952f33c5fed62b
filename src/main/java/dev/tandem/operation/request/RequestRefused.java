package dev.tandem.operation.request;

import dev.tandem.outcome.OperationFailed;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

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

    /**
     * What forges a line of a log, a terminal or a page: control characters, those that turn the direction of text, and all others
     * that are not seen. Khmer is written with the invisible ones from U+200B to U+200D.
     */
    private static final Pattern FORGING =
            Pattern.compile("[\\p{Cntrl}\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}&&[^\\u200B-\\u200D]]");

    /** One line of text without spaces around it. */
    public static String oneLine(String name, String text) {
        String line = text == null ? "" : text.strip();
        if (line.isEmpty() || line.length() > LONGEST || FORGING.matcher(line).find()) {
            throw field(name, "one line of visible text, at most " + LONGEST + " characters");
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
