package dev.tandem.call;

import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Outgoing;
import dev.tandem.settings.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.CredentialsProvider;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.routing.HttpRoutePlanner;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.protocol.HttpContext;

/** The way that calls take: by a proxy or straight, and whose certificates are trusted. */
public final class Network {
    private final Outgoing outgoing;
    private final Optional<SSLContext> context;

    /** @throws OperationFailed if the file of authorities cannot be used */
    public Network(Outgoing outgoing) {
        this.outgoing = outgoing;
        this.context = outgoing.caFile().map(Network::trusting);
    }

    HttpRoutePlanner routes() {
        return new DefaultRoutePlanner(null) {
            @Override
            protected HttpHost determineProxy(HttpHost target, HttpContext context) {
                return outgoing.proxyFor(target.getHostName())
                        .map(Network::host)
                        .orElse(null);
            }
        };
    }

    /**
     * For the proxy and nobody else, once it asks for it, and only to open a tunnel: asked at a call itself, the client would repeat
     * that without what was added to it since.
     */
    CredentialsProvider login() {
        BasicCredentialsProvider logins = new BasicCredentialsProvider();
        outgoing.proxy().ifPresent(proxy -> outgoing.proxyUser()
                .ifPresent(user -> logins.setCredentials(
                        new AuthScope(host(proxy)),
                        new UsernamePasswordCredentials(user, password().toCharArray()))));
        return (scope, context) -> route(context).isPresent() ? null : logins.getCredentials(scope, context);
    }

    /** Shows the login unasked where a call goes to the proxy itself, not through a tunnel. */
    HttpRequestInterceptor loginInClear() {
        return (request, entity, context) -> outgoing.proxyUser()
                .filter(user -> route(context)
                        .filter(route -> route.getProxyHost() != null)
                        .isPresent())
                .ifPresent(user -> request.setHeader(
                        HttpHeaders.PROXY_AUTHORIZATION,
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString((user + ":" + password()).getBytes(StandardCharsets.UTF_8))));
    }

    private String password() {
        return outgoing.proxyPassword().map(Secret::reveal).orElse("");
    }

    /** The way of this call, unless it is one through a tunnel. */
    private static Optional<RouteInfo> route(HttpContext context) {
        return Optional.ofNullable(HttpClientContext.castOrCreate(context).getHttpRoute())
                .filter(route -> !route.isTunnelled());
    }

    DefaultClientTlsStrategy tls() {
        return context.map(DefaultClientTlsStrategy::new).orElseGet(DefaultClientTlsStrategy::createSystemDefault);
    }

    /** For connections that are made past the routes. */
    public SSLContext tlsContext() {
        return context.orElseGet(() -> {
            try {
                return SSLContext.getDefault();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no TLS", e);
            }
        });
    }

    private static HttpHost host(URI proxy) {
        int port = proxy.getPort() > 0 ? proxy.getPort() : 80;
        String host = proxy.getHost();
        return new HttpHost("http", host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** What the JDK trusts, and what the file holds. */
    private static SSLContext trusting(Path file) {
        try {
            KeyStore all = KeyStore.getInstance(KeyStore.getDefaultType());
            all.load(null, null);
            int number = 0;
            for (Certificate known : known()) {
                all.setCertificateEntry("jdk-" + number++, known);
            }
            for (Certificate own : certificates(file)) {
                all.setCertificateEntry("own-" + number++, own);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(all);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new OperationFailed(
                    OperationFailed.WRONG,
                    List.of(
                            "The file of tandem.http.ca-file holds no certificates that can be read: " + file + ".",
                            "It is PEM: each certificate between BEGIN CERTIFICATE and END CERTIFICATE."));
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws GeneralSecurityException, IOException {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (found.isEmpty()) {
                throw new IOException("no certificate");
            }
            return found;
        }
    }

    private static List<? extends Certificate> known() throws GeneralSecurityException {
        TrustManagerFactory jdk = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        jdk.init((KeyStore) null);
        for (TrustManager manager : jdk.getTrustManagers()) {
            if (manager instanceof X509TrustManager x509) {
                return List.of(x509.getAcceptedIssuers());
            }
        }
        return List.of();
    }
}
