package dev.tandem.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/** The base addresses of the systems. Their text is never quoted: people put passwords into addresses. */
final class ServerUrls {
    static final Type<URI> SERVER = new Type<>("address", ServerUrls::parse);

    /** A proxy: a server without a path, spoken to in clear, as all are that forward. */
    static final Type<URI> PROXY = new Type<>("address", ServerUrls::proxy);

    private static final String PROXY_REMEDY = "write it as `http://host:port`";
    private static final String REMEDY = "write it as `https://host`, `https://host:port` or `https://host/path`";

    private ServerUrls() {}

    private static URI parse(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException invalid) {
            throw new Type.Mismatch("it is not an address", REMEDY);
        }
        if (!"https".equals(url.getScheme()) && !"http".equals(url.getScheme())) {
            throw new Type.Mismatch("it does not begin with `https://` or `http://`", REMEDY);
        }
        if (url.getHost() == null) {
            throw new Type.Mismatch("it names no host", REMEDY);
        }
        if (url.getPort() > 65_535 || url.getPort() == 0) {
            throw new Type.Mismatch("its port is out of range", REMEDY);
        }
        if (url.getRawUserInfo() != null) {
            throw new Type.Mismatch("it holds a user or password", "give them in the settings `.user` and `.password`");
        }
        if (url.getRawQuery() != null || url.getRawFragment() != null) {
            throw new Type.Mismatch("it has a `?` or `#` part", REMEDY);
        }
        if (url.getRawPath().endsWith("/")) {
            throw new Type.Mismatch("it ends with a slash", "leave the slash at the end off");
        }
        return url;
    }

    private static URI proxy(String text) {
        if (text.matches("[^/:]+:[0-9]+")) {
            throw new Type.Mismatch("it does not begin with `http://`", PROXY_REMEDY);
        }
        if (text.contains("@")) {
            throw new Type.Mismatch(
                    "it holds a user or password",
                    "give them in the settings `tandem.http.proxy.user` and `tandem.http.proxy.password`");
        }
        URI url = parse(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (!"http".equals(url.getScheme())) {
            throw new Type.Mismatch(
                    "it is spoken to by TLS; calls to `https://` addresses are encrypted through any proxy",
                    PROXY_REMEDY);
        }
        if (!url.getRawPath().isEmpty()) {
            throw new Type.Mismatch("it has a path", PROXY_REMEDY);
        }
        return url;
    }

    /** Scheme, host and port, the default port written out: what credentials are bound to. */
    static String origin(URI url) {
        int port = url.getPort() > 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
        return url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + ":" + port;
    }

    static boolean crossesTheNetworkInClear(URI url) {
        String host = url.getHost();
        boolean loopback = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return "http".equals(url.getScheme()) && !loopback;
    }
}
