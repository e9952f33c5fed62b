package dev.tandem.operation.request;

import java.util.Optional;

/**
 * What to plan.
 *
 * @param init how the ledger would be made, where there is none; none: {@code init --since now}
 * @param flow only this one
 * @param full as if everything were read
 * @param showValues whether the values that would be sent are shown; they are personal data
 */
public record PlanRequest(Optional<InitRequest> init, Optional<String> flow, boolean full, boolean showValues) {
    /** Of the ledger that there is. */
    public PlanRequest(Optional<String> flow, boolean full, boolean showValues) {
        this(Optional.empty(), flow, full, showValues);
    }
}
