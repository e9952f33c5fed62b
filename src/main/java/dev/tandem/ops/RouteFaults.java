package dev.tandem.ops;

import java.util.ArrayList;
import java.util.List;

/** Says in plain words why the routes could not be started. */
final class RouteFaults {
    private RouteFaults() {}

    /** Camel's own messages name the file, the line or the step; the innermost one says most. */
    static OperationFailed of(Throwable failure) {
        List<String> lines = new ArrayList<>();
        lines.add("The routes cannot be started:");
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (!last.contains(message)) {
                lines.add("  " + message.strip());
            }
            last = message;
        }
        return new OperationFailed(OperationFailed.WRONG, lines);
    }
}
