package dev.tandem.operation.request;

import java.util.List;
import java.util.Optional;

/**
 * What is to be sent again: everything only if everything is asked for by name.
 *
 * @param all all that are parked
 * @param ids or these
 * @param reason of all, only those parked with this code
 * @param because why, for the journal
 * @param by who asks, for the journal
 */
public record RetryRequest(boolean all, List<Long> ids, Optional<String> reason, Optional<String> because, String by) {
    public RetryRequest {
        ids = ids == null ? List.of() : List.copyOf(ids);
        reason = RequestRefused.oneLine("reason", reason);
        because = RequestRefused.oneLine("because", because);
        if (all != ids.isEmpty() || (!all && reason.isPresent())) {
            throw new RequestRefused(
                    400, "wrong-field", "either all is true, with or without a reason, or ids lists which");
        }
    }

    /** These, or all if there are none. */
    public RetryRequest(List<Long> ids, Optional<String> reason, Optional<String> because, String by) {
        this(ids.isEmpty(), ids, reason, because, by);
    }
}
