package dev.tandem.call;

import java.net.URI;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHost;

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
        return new Origin(lower, bare.toLowerCase(Locale.ROOT), port >= 0 ? port : lower.equals("https") ? 443 : 80);
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
