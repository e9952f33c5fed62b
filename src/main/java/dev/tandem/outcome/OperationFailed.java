package dev.tandem.outcome;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A command that could not be done, for a reason that an operator understands: printed without a stack trace. */
public class OperationFailed extends RuntimeException {
    /** Wrong usage or configuration. */
    public static final int WRONG = 2;

    /** A system or the database cannot be reached, or refused the login. */
    public static final int UNREACHABLE = 4;

    private final int exitCode;

    /**
     * Says why.
     *
     * @param lines what happened and what to do; no secrets, no personal data
     */
    public OperationFailed(int exitCode, List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = exitCode;
    }

    /** Fails with what is wrong, if anything is, before the work begins. */
    public static void refuse(Optional<String> fault) {
        fault.ifPresent(line -> {
            throw new OperationFailed(WRONG, List.of(line));
        });
    }

    /**
     * Files that cannot be used as they are.
     *
     * @param what in a sentence, such as {@code The mappings cannot be used:}
     * @param faults each with file, line and what to do
     */
    public static OperationFailed unusable(String what, List<?> faults) {
        return new OperationFailed(
                WRONG,
                Stream.concat(Stream.of(what), faults.stream().map(fault -> "  " + fault))
                        .toList());
    }

    public int exitCode() {
        return exitCode;
    }
}
