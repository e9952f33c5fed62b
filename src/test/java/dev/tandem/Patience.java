package dev.tandem;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.Extension;

/**
 * How long a test waits for what is to come about: it elapses only where the test fails, so that a machine with other work may
 * take its time. JUnit finds it by its service file.
 */
public final class Patience implements Extension {
    static {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }
}
