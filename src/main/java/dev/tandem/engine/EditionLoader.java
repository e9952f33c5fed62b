package dev.tandem.engine;

import dev.tandem.live.Edition;
import dev.tandem.live.InForce;
import dev.tandem.mapping.InvalidMappings;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;

/** Takes what people edit as it lies there, or says all that is wrong with the mappings. */
public final class EditionLoader {
    private EditionLoader() {}

    public static InForce load(Settings settings) {
        InForce inForce = load(Edition.read(
                settings.directories().routes(), settings.directories().mappings()));
        NamedNgos.check(settings, inForce.mappings().current());
        return inForce;
    }

    public static InForce load(Edition edition) {
        try {
            return InForce.of(edition);
        } catch (InvalidMappings e) {
            throw OperationFailed.unusable("The mappings cannot be used:", e.faults());
        }
    }
}
