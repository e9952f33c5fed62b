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
    private final String record;
    private final AnswerShape shape;
    private boolean begun;
    private boolean down;
    private int status;
    private Optional<JsonNode> body = Optional.empty();
    private Optional<Setback> setback = Optional.empty();

    /** @param record whose call it is, or what else makes it, such as a sweep */
    Call(String system, String record, AnswerShape shape) {
        this.system = system;
        this.record = record;
        this.shape = shape;
    }

    String system() {
        return system;
    }

    String record() {
        return record;
    }

    AnswerShape shape() {
        return shape;
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

    /**
     * An answer came, and is no success.
     *
     * @param down whether it means that the system is down
     */
    void judged(Setback setback, boolean down) {
        this.setback = Optional.of(setback);
        this.down = down;
    }

    /** No answer came: the system is down, unless we held the call back ourselves. */
    void unanswered(Setback setback) {
        this.setback = Optional.of(setback);
        this.down = (setback instanceof AnswerLost && !setback.code().equals(Answers.TOO_LONG))
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
        return !down
                && setback.filter(why -> why instanceof NotSent || why instanceof AnswerLost)
                        .isPresent();
    }
}
