package dev.tandem.call;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * Everything that calls need to know.
 *
 * @param systems the systems with credentials, gates and limits
 * @param allowedHosts {@code scheme://host[:port]} that routes of the user's own may call besides; they get no credentials
 * @param connectTimeout of one connection, TLS included
 * @param defaultTimeout one call in all to an allowed host
 * @param feedTimeout reading OSCaR's feed to its end, in all
 */
public record CallSettings(
        List<SystemAccess> systems,
        List<URI> allowedHosts,
        Duration connectTimeout,
        Duration defaultTimeout,
        Duration feedTimeout) {}
