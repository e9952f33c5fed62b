package dev.tandem.outcome;

import java.util.Arrays;

/** What is told of an exception that nobody foresaw. Its message may hold a value: its class, and where in our code, are enough. */
public final class Defect {
    private Defect() {}

    public static String where(Throwable defect) {
        return defect.getClass().getName()
                + Arrays.stream(defect.getStackTrace())
                        .filter(frame -> frame.getClassName().startsWith("dev.tandem."))
                        .findFirst()
                        .map(frame -> " at " + frame)
                        .orElse("");
    }
}
