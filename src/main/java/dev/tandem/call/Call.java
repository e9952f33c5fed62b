package dev.tandem.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.outcome.AnswerLost;
import dev.tandem.outcome.NotSent;
import dev.tandem.outcome.Setback;
import java.util.Optional;

/**
 * One passage through a call route. Kept beside the exchange, because a Camel circuit breaker works on a copy of it and
 * lets an exception that it ignores vanish: without a record of its own, such a call would go on as a success.
 */
final class Call {
    private final String system;
    private final boolean mayBeEmpty;
    private boolean begun;
    private boolean down;
    private int status;
    private Optional<JsonNode> body = Optional.empty();
    private Optional<Setback> setback = Optional.empty();

    Call(String system, boolean mayBeEmpty) {
        this.system = system;
        this.mayBeEmpty = mayBeEmpty;
    }

    String system() {
        return system;
    }

    /** Whether the caller takes a 204 without a body for a success. */
    boolean mayBeEmpty() {
        return mayBeEmpty;
    }

    /** The breaker let the call through. */
    void begin() {
        begun = true;
    }

    boolean begun() {
        return begun;
    }

    void answered(int status, Optional<JsonNode> body) {
        this.status = status;
        this.body = body;
    }

    /** An answer came, and is no success; only what a failing server says means that it is down, never a 4xx. */
    void judged(Setback setback, int status) {
        this.setback = Optional.of(setback);
        this.down = setback instanceof AnswerLost && status >= 500;
    }

    /** No answer came: the system is down, unless we held the call back ourselves. */
    void unanswered(Setback setback) {
        this.setback = Optional.of(setback);
        this.down = setback instanceof AnswerLost
                || (setback instanceof NotSent notSent
                        && notSent.retryAfter().isEmpty()
                        && notSent.gate().isEmpty());
    }

    /** The HTTP status, or 0 if there was no answer that counts as a success. */
    int status() {
        return status;
    }

    Optional<JsonNode> body() {
        return body;
    }

    Optional<Setback> setback() {
        return setback;
    }

    /** Whether this outcome means that the system is down, which is what a breaker counts. */
    boolean down() {
        return down;
    }

    /** Whether the outcome says nothing on whether the system is up. */
    boolean heldBack() {
        return !down && setback.filter(NotSent.class::isInstance).isPresent();
    }
}
