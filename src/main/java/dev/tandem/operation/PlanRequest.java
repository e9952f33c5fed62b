package dev.tandem.operation;

import java.util.Optional;

/**
 * What to plan.
 *
 * @param flow only this one
 * @param full as if everything were read
 * @param showValues whether the values that would be sent are shown; they are personal data
 */
public record PlanRequest(Optional<String> flow, boolean full, boolean showValues) {}
