package dev.tandem.command.terminal;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.LoggerFactory;

/**
 * The end of the process. A JVM that is told to stop exits with 143 whatever its shutdown hooks do; so where a command wants to
 * end in order, the hook waits for it and ends the JVM itself, with the command's exit code.
 */
public final class CleanStop {
    private static final int STUCK = 1;

    private final Duration patience;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int code = STUCK;

    /**
     * A process that ends.
     *
     * @param patience how long a signal waits for the command; shorter than the time after which the process would be killed
     */
    public CleanStop(Duration patience) {
        this.patience = patience;
    }

    /** Does the command and ends the process with its exit code. Does not return. */
    public void exitAfter(IntSupplier command) {
        try {
            code = command.getAsInt();
        } finally {
            // Also when it failed: the hook runs then too, and would wait for nothing.
            ended.countDown();
        }
        System.exit(code);
    }

    /** From now on a signal runs {@code stop}, and the process lasts until the command has ended. */
    void onSignal(Runnable stop) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(stop), "clean-stop"));
    }

    /** From now on a signal that comes before the command has ended runs this; the process then ends with 130 or 143, as ever. */
    void ifCutShort(Runnable told) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (ended.getCount() > 0) {
                                told.run();
                            }
                        },
                        "cut-short"));
    }

    private void end(Runnable stop) {
        boolean inTime = false;
        try {
            stop.run();
            inTime = ended.await(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | RuntimeException failed) {
            LoggerFactory.getLogger(CleanStop.class).error("The stop failed", failed);
        }
        Runtime.getRuntime().halt(inTime ? code : STUCK);
    }
}
