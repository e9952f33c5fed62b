package dev.tandem.ops;

import dev.tandem.edited.Edition;
import dev.tandem.live.InForce;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.settings.Settings;

/** Takes what people edit as it lies there, or says all that is wrong with the mappings. */
final class AsItLies {
    private AsItLies() {}

    static InForce load(Settings settings) {
        return load(Edition.read(
                settings.directories().routes(), settings.directories().mappings()));
    }

    static InForce load(Edition edition) {
        try {
            return InForce.of(edition);
        } catch (InvalidMappings e) {
            throw OperationFailed.unusable("The mappings cannot be used:", e.faults());
        }
    }
}
