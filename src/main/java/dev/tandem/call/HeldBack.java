package dev.tandem.call;

import dev.tandem.outcome.Setback;

/**
 * Thrown inside a circuit breaker, which is told to ignore it ({@code ignoreException}): the call's outcome says nothing
 * on whether the system is up. It never leaves the call's route; the {@link Setback} does.
 */
public final class HeldBack extends RuntimeException {
    HeldBack(Setback why) {
        super(why.getMessage(), why, false, false);
    }
}
