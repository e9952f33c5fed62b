package dev.tandem.endtoend;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what another process does. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Eventually() {}

    /** Looks every few milliseconds; fails if it does not come about while the process lives. */
    static void so(String what, Child process, BooleanSupplier condition) {
        so(what, process, condition, () -> "");
    }

    /** @param instead what is the case instead, asked when it does not come about */
    static void so(String what, Child process, BooleanSupplier condition, Supplier<String> instead) {
        if (!within(process, condition)) {
            throw new AssertionError(what + " did not come about" + (process.isAlive() ? "" : ": the process ended")
                    + ". " + instead.get());
        }
    }

    private static boolean within(Child process, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || !process.isAlive()) {
                return false;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return true;
    }
}
