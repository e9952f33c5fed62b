package dev.tandem.engine;

import dev.tandem.json.Fields;
import dev.tandem.mapping.MappingSet;
import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Nearest;
import dev.tandem.settings.Settings;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whether the NGOs that {@code tandem.ngos} names are in the code list: a misspelt one would wait for ever without a word. */
public final class NamedNgos {
    private NamedNgos() {}

    public static List<String> faults(Settings settings, MappingSet mappings) {
        Set<String> listed = new TreeSet<>();
        mappings.rows("agencies").forEach(row -> listed.add(Fields.text(row, "oscar_organization")));
        return settings.oscar().ngos().orElse(Set.of()).stream()
                .filter(ngo -> !listed.contains(ngo))
                .sorted()
                .map(ngo -> "tandem.ngos: `" + ngo + "` is no oscar_organization of agencies.csv; near to it are "
                        + String.join(", ", Nearest.of(ngo, listed, 3)))
                .toList();
    }

    /** @throws OperationFailed if there is one that is not */
    public static void check(Settings settings, MappingSet mappings) {
        List<String> faults = faults(settings, mappings);
        if (!faults.isEmpty()) {
            throw new OperationFailed(OperationFailed.WRONG, faults);
        }
    }
}
