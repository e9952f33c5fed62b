package dev.tandem.operation;

import java.util.List;
import java.util.Optional;

/**
 * What is to be sent again.
 *
 * @param ids these; empty for all that are parked
 * @param reason of all, only those parked with this code
 * @param because why, for the journal
 * @param by who says so, for the journal
 */
public record RetryRequest(List<Long> ids, Optional<String> reason, Optional<String> because, String by) {
    public RetryRequest {
        ids = List.copyOf(ids);
    }
}
