package dev.tandem.sandbox.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A simulator's time: real until a test moves or freezes it. Thread-safe. */
public final class SimClock implements InstantSource {
    private Duration offset = Duration.ZERO;
    private Instant frozen;

    private SimClock(Instant frozen) {
        this.frozen = frozen;
    }

    public static SimClock real() {
        return new SimClock(null);
    }

    public static SimClock frozenAt(Instant instant) {
        return new SimClock(instant);
    }

    @Override
    public synchronized Instant instant() {
        return frozen != null ? frozen : InstantSource.system().instant().plus(offset);
    }

    public Instant now() {
        return instant();
    }

    /** Moves the time, frozen or running; a negative duration sets it back, as a wrong server's clock would be. */
    public synchronized void advance(Duration by) {
        if (frozen != null) {
            frozen = frozen.plus(by);
        } else {
            offset = offset.plus(by);
        }
    }

    /** Sets the time; a running clock goes on from there. */
    public synchronized void set(Instant instant) {
        if (frozen != null) {
            frozen = instant;
        } else {
            offset = Duration.between(InstantSource.system().instant(), instant);
        }
    }

    public synchronized void freeze() {
        frozen = instant();
    }

    /** Lets a frozen clock run on from where it stands. */
    public synchronized void run() {
        if (frozen != null) {
            offset = Duration.between(InstantSource.system().instant(), frozen);
            frozen = null;
        }
    }

    public synchronized boolean isFrozen() {
        return frozen != null;
    }
}
