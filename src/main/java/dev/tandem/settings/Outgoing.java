package dev.tandem.settings;

import static dev.tandem.settings.Rows.Exposure.PRIVATE;
import static dev.tandem.settings.Rows.Exposure.SECRET;

import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The way to the systems.
 *
 * @param proxy scheme, host and port
 * @param noProxy hosts that are called directly, with all below them: lower case
 * @param caFile certificates of authorities to trust besides those of the JDK, as PEM
 */
public record Outgoing(
        Optional<URI> proxy,
        Optional<String> proxyUser,
        Optional<Secret> proxyPassword,
        Set<String> noProxy,
        Optional<Path> caFile) {
    /** Straight to them, trusting what the JDK trusts. */
    public static final Outgoing DIRECT =
            new Outgoing(Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.empty());

    static Outgoing read(Rows rows) {
        return new Outgoing(
                rows.optional(
                        "tandem.http.proxy",
                        ServerUrls.PROXY,
                        PRIVATE,
                        "The proxy by which every call goes out, as `http://host:port`."),
                rows.optional(
                        "tandem.http.proxy.user", Type.TEXT, PRIVATE, "The user, if the proxy wants a login (Basic)."),
                rows.optional("tandem.http.proxy.password", Type.PASSWORD, SECRET, "The password of this user."),
                rows.optional(
                                "tandem.http.no-proxy",
                                Type.NO_PROXY,
                                PRIVATE,
                                "Hosts that are called without the proxy, separated by commas; each with all names that"
                                        + " end in it, so `example.org` is for `oscar.example.org` too.")
                        .orElse(Set.of()),
                rows.optional(
                        "tandem.http.ca-file",
                        Type.FILE,
                        PRIVATE,
                        "A PEM file with the certificates of your own authorities: outgoing calls trust them in addition"
                                + " to those that Java trusts. Tandem reads it when it starts."));
    }

    /** The proxy for calls to this host, if they do not go straight to it. */
    public Optional<URI> proxyFor(String host) {
        String bare = (host.startsWith("[") ? host.substring(1, host.length() - 1) : host).toLowerCase(Locale.ROOT);
        return proxy.filter(set -> noProxy.stream().noneMatch(name -> bare.equals(name) || bare.endsWith("." + name)));
    }
}
