package dev.tandem.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.tandem.settings.Outgoing;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a system's address and certificate may be wrong in. */
class SystemChecksTest {
    private static final char[] PASSWORD = "synthetic".toCharArray();

    @TempDir
    Path directory;

    private static String address(String url, Outgoing outgoing) {
        Asking nobody = new Asking(null, Set.of("primero"));
        Check address = new SystemChecks("primero", URI.create(url), outgoing, nobody, InstantSource.system())
                .all()
                .get(0);
        return Examination.of(List.of(address)).get(0).words();
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_for_another_name_or_ends_soon_is_told() throws Exception {
        KeyStore keys = keys();
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(keys)));
        server.start();
        try {
            String port = ":" + server.getAddress().getPort();
            Outgoing trusting = new Outgoing(
                    Optional.empty(), Optional.empty(), Optional.empty(), Set.of(), Optional.of(pem(keys)));
            assertThat(address("https://localhost" + port, Outgoing.DIRECT))
                    .startsWith("Primero is not reached at https://localhost" + port
                            + ": its certificate is not accepted (nobody known vouches for it");
            assertThat(address("https://127.0.0.1" + port, trusting))
                    .endsWith("its certificate is not accepted (it is for another name).");
            assertThat(address("https://localhost" + port, trusting)).startsWith("Primero's certificate ends on ");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void a_name_that_nobody_has_is_told() {
        assertThat(address("https://primero.invalid", Outgoing.DIRECT))
                .isEqualTo(
                        "Primero is not reached at https://primero.invalid: no server has the name primero.invalid.");
    }

    /** Made by the JDK's own tool. */
    private KeyStore keys() throws Exception {
        Path store = directory.resolve("keys.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "5",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keys.log").toFile())
                .start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            keys.load(bytes, PASSWORD);
        }
        return keys;
    }

    private Path pem(KeyStore keys) throws Exception {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(keys.getCertificate("server").getEncoded());
        return Files.writeString(
                directory.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }

    private static SSLContext context(KeyStore keys) throws Exception {
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), null, null);
        return context;
    }
}
