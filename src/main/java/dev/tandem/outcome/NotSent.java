package dev.tandem.outcome;

import java.time.Duration;
import java.util.Optional;

/** The call certainly had no effect: it may be sent again freely (protocol 3, first rows). */
public final class NotSent extends Setback {
    private final transient Optional<Duration> retryAfter;
    private final boolean usesAttempt;
    private final transient Optional<String> gate;

    private NotSent(
            String code, String words, Optional<Duration> retryAfter, boolean usesAttempt, Optional<String> gate) {
        super(code, words);
        this.retryAfter = retryAfter;
        this.usesAttempt = usesAttempt;
        this.gate = gate;
    }

    /** Connection refused, unknown host, no byte written: retried with backoff, uses up an attempt. */
    public static NotSent unreachable(String code, String words) {
        return new NotSent(code, words, Optional.empty(), true, Optional.empty());
    }

    /** The system said when to come back ({@code Retry-After}): uses up no attempt. */
    public static NotSent after(String code, String words, Duration retryAfter) {
        return new NotSent(code, words, Optional.of(retryAfter), false, Optional.empty());
    }

    /** The system's circuit breaker is open: uses up no attempt. */
    public static NotSent breakerOpen(String system, Duration tryAgainIn) {
        return new NotSent(
                "breaker-open",
                "the circuit breaker of " + system + " is open",
                Optional.of(tryAgainIn),
                false,
                Optional.empty());
    }

    /** The system refused our credentials; its gate is closed until they change or a person opens it. */
    public static NotSent gateClosed(String system) {
        return gateClosed(system, system + " refused the login");
    }

    /** @param why the gate is closed */
    public static NotSent gateClosed(String system, String why) {
        return new NotSent(
                "gate-closed",
                why + "; no call is made until the credentials change or `reopen " + system + "`",
                Optional.empty(),
                false,
                Optional.of(system));
    }

    /** The wait that the system asked for, if it did. */
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether this counts against {@code tandem.retry.attempts}. */
    public boolean usesAttempt() {
        return usesAttempt;
    }

    /** Whether something else on the way to the system answered, and said that it did not let the request in. */
    public boolean answeredByOther() {
        return usesAttempt && code().startsWith("http-");
    }

    /** The system whose gate is closed, if that is why. */
    public Optional<String> gate() {
        return gate;
    }
}
