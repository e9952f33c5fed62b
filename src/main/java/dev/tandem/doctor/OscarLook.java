package dev.tandem.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is read of OSCaR, each thing once and only if a check wants it. */
final class OscarLook {
    static final String OSCAR = "oscar";

    final Once<List<JsonNode>> ngos;
    final Once<JsonNode> sample;

    OscarLook(Asking asking) {
        ngos = new Once<>(() -> {
            List<JsonNode> all = new ArrayList<>();
            asking.read(OSCAR, "look-at-ngos", "NGOs", Map.of())
                    .path("organizations")
                    .forEach(all::add);
            return all;
        });
        sample = new Once<>(() -> asking.read(OSCAR, "look-at-clients", "clients", Map.of()));
    }
}
