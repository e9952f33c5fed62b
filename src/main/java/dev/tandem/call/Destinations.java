package dev.tandem.call;

import dev.tandem.outcome.Refused;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.HttpHost;

/** Where calls may go: the configured systems, and what {@code tandem.http.allowed-hosts} adds. */
final class Destinations {
    /** Scheme, host and port: what credentials and permission to call are bound to. */
    record Origin(String scheme, String host, int port) {

        static Origin of(URI uri) {
            return of(uri.getScheme(), uri.getHost(), uri.getPort());
        }

        static Origin of(HttpHost host) {
            return of(host.getSchemeName(), host.getHostName(), host.getPort());
        }

        private static Origin of(String scheme, String host, int port) {
            String lower = scheme.toLowerCase(Locale.ROOT);
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new Origin(
                    lower, bare.toLowerCase(Locale.ROOT), port >= 0 ? port : lower.equals("https") ? 443 : 80);
        }

        @Override
        public String toString() {
            return scheme + "://" + host + ":" + port;
        }
    }

    private final Map<Origin, CalledSystem> systems = new HashMap<>();
    private final Set<Origin> allowed = new HashSet<>();

    Destinations(List<CalledSystem> systems, List<URI> allowed) {
        systems.forEach(system -> this.systems.put(Origin.of(system.access().url()), system));
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
