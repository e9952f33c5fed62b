package dev.tandem.call;

import dev.tandem.outcome.Refused;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Where calls may go: the configured systems, and what {@code tandem.http.allowed-hosts} adds. */
final class Destinations {
    private final Map<Origin, CalledSystem> systems = new HashMap<>();
    private final Set<Origin> allowed = new HashSet<>();

    Destinations(List<CalledSystem> systems, List<URI> allowed) {
        for (CalledSystem system : systems) {
            if (this.systems.put(Origin.of(system.access().url()), system) != null) {
                throw new IllegalArgumentException("two systems have the same address");
            }
        }
        allowed.forEach(uri -> this.allowed.add(Origin.of(uri)));
    }

    /**
     * Who is at an address.
     *
     * @return the system at this address, or none if it is an allowed host
     * @throws Refused if nothing may be sent there
     */
    Optional<CalledSystem> at(Origin origin) {
        CalledSystem system = systems.get(origin);
        if (system == null && !allowed.contains(origin)) {
            throw new Refused(
                    "host-not-allowed",
                    "calls to " + origin + " are not allowed; see the setting tandem.http.allowed-hosts",
                    0,
                    List.of());
        }
        return Optional.ofNullable(system);
    }
}
