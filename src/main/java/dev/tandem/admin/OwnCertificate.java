package dev.tandem.admin;

import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts who shows the certificate of the settings and nobody else: the command speaks to the service on this machine, whose
 * certificate names another host than loopback and may be signed by itself.
 */
final class OwnCertificate extends X509ExtendedTrustManager {
    private final Certificate own;

    private OwnCertificate(Certificate own) {
        this.own = own;
    }

    static SSLContext trustedOnly(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Certificate own = CertificateFactory.getInstance("X.509").generateCertificate(pem);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new OwnCertificate(own)}, null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw OperationFailed.unusable(
                    "The management port cannot be called:",
                    List.of("tandem.management.tls.certificate: " + file + " holds no certificate in PEM"));
        }
    }

    private void check(X509Certificate[] shown) throws CertificateException {
        if (shown.length == 0 || !shown[0].equals(own)) {
            throw new CertificateException("not the certificate of tandem.management.tls.certificate");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String kind, SSLEngine engine) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String kind, Socket socket) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] shown, String kind) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String kind, SSLEngine engine) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String kind, Socket socket) throws CertificateException {
        check(shown);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] shown, String kind) throws CertificateException {
        check(shown);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
