package dev.tandem.engine.port;

import dev.tandem.outcome.OperationFailed;
import dev.tandem.settings.Settings;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.X509KeyManager;

/** What the ports show themselves with, where no proxy does that for them: read once, and tried before a port opens. */
public final class PortCertificates {
    private PortCertificates() {}

    /** By their ports; none for a port that speaks in clear. */
    public static Map<Integer, KeyCertOptions> of(Settings.Http http) {
        Map<Integer, KeyCertOptions> certificates = new HashMap<>();
        read("tandem.http", http.tls()).ifPresent(pair -> certificates.put(http.port(), pair));
        read("tandem.management", http.managementTls())
                .ifPresent(pair -> certificates.put(http.managementPort(), pair));
        return certificates;
    }

    private static Optional<KeyCertOptions> read(String port, Optional<Settings.Tls> files) {
        return files.map(pair -> {
            try {
                PemKeyCertOptions read = new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(Files.readAllBytes(pair.certificate())))
                        .setKeyValue(Buffer.buffer(Files.readAllBytes(pair.key())));
                mustMatch(read);
                return read;
            } catch (Exception unusable) {
                // What the libraries say of it could quote the key.
                throw OperationFailed.unusable(
                        "The port cannot speak TLS:",
                        List.of(port + ".tls.certificate: " + pair.certificate() + " and " + port + ".tls.key: "
                                + pair.key() + " are not a certificate and its key in PEM; the key must be unencrypted"
                                + " (`openssl pkcs8 -topk8 -nodes -in OLD -out NEW` makes such a one)"));
            }
        });
    }

    /** The key of another certificate would fail each handshake, and nobody here would be told. */
    private static void mustMatch(PemKeyCertOptions pair) throws Exception {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(pair.getCertValue().getBytes()));
        String kind = certificate.getPublicKey().getAlgorithm();
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
        try {
            X509KeyManager keys =
                    (X509KeyManager) pair.getKeyManagerFactory(vertx).getKeyManagers()[0];
            Signature signature = Signature.getInstance("SHA256with" + (kind.equals("EC") ? "ECDSA" : kind));
            signature.initSign(keys.getPrivateKey(keys.getServerAliases(kind, null)[0]));
            byte[] signed = signature.sign();
            signature.initVerify(certificate);
            if (!signature.verify(signed)) {
                throw new GeneralSecurityException("not of one pair");
            }
        } finally {
            vertx.close();
        }
    }
}
