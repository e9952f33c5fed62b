package dev.tandem.engine;

import dev.tandem.live.RouteFault;
import dev.tandem.outcome.OperationFailed;
import java.util.ArrayList;
import java.util.List;

/** Says in plain words why the routes could not be started. */
final class RouteFaults {
    private static final String WHAT =
            "The routes cannot be started (`tandem validate` checks them without starting anything):";

    private RouteFaults() {}

    /**
     * Says what the checks of the routes find, each with its file and line; what they do not find, in Camel's own words.
     *
     * @param failure why the routes were not started
     */
    static OperationFailed of(Throwable failure, List<RouteFault> found) {
        if (!found.isEmpty()) {
            return OperationFailed.unusable(WHAT, found);
        }
        List<String> words = new ArrayList<>();
        String last = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            if (!last.contains(message)) {
                words.add(message.strip());
            }
            last = message;
        }
        return OperationFailed.unusable(WHAT, words);
    }
}
