package dev.tandem.operation.request;

import java.util.Optional;
import java.util.Set;

/**
 * Which to list.
 *
 * @param state {@code parked} (if not given), {@code waiting}, {@code baseline} or {@code discarded}
 * @param reason only those with this code
 * @param limit no more than so many, the newest; 200 if not given
 */
public record DeadLetterQuery(String state, Optional<String> reason, Integer limit) {
    /** The most that are listed at once. */
    public static final int MOST = 1000;

    /** All of one state. */
    public record InState(String state) {
        public InState {
            state = checked(state);
        }
    }

    private static final Set<String> STATES = Set.of("parked", "waiting", "baseline", "discarded");

    public DeadLetterQuery {
        state = checked(state);
        limit = limit == null ? Integer.valueOf(200) : limit;
        reason = RequestRefused.oneLine("reason", reason);
        if (limit < 1 || limit > MOST) {
            throw RequestRefused.field("limit", "a number from 1 to " + MOST);
        }
    }

    private static String checked(String state) {
        String asked = state == null ? "parked" : state;
        if (!STATES.contains(asked)) {
            throw RequestRefused.field("state", "one of " + STATES);
        }
        return asked;
    }
}
