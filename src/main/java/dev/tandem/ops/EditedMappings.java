package dev.tandem.ops;

import dev.tandem.mapping.InvalidMappings;
import dev.tandem.mapping.MappingSet;
import dev.tandem.mapping.Mappings;
import dev.tandem.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** Loads the mappings that people edit, or says all that is wrong with them. */
final class EditedMappings {
    private EditedMappings() {}

    static Mappings load(Settings settings) {
        try {
            return new Mappings(MappingSet.load(settings.directories().mappings()));
        } catch (InvalidMappings e) {
            List<String> lines = new ArrayList<>();
            lines.add("The mappings cannot be used:");
            e.faults().forEach(fault -> lines.add("  " + fault));
            throw new OperationFailed(OperationFailed.WRONG, lines);
        }
    }
}
