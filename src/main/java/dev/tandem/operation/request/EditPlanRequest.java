package dev.tandem.operation.request;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which edit to try.
 *
 * @param routes the edited routes; none: those of the settings
 * @param mappings the edited mappings; none: those of the settings
 * @param showValues whether values are shown; they are personal data
 */
public record EditPlanRequest(
        Optional<Path> routes, Optional<Path> mappings, Optional<String> flow, boolean showValues) {}
