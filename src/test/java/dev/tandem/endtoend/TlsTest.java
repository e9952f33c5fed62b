package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tandem.admin.AdminApi;
import dev.tandem.operation.Operations;
import dev.tandem.outcome.OperationFailed;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both ports with certificates of their own, which no authority has signed. */
class TlsTest {
    private static final String PASSWORD = "synthetic";

    @TempDir
    Path directory;

    private record Pair(Path certificate, Path key, KeyStore store) {}

    @Test
    void each_port_shows_its_own_certificate_and_the_commands_know_it() throws Exception {
        Pair webhooks = pair("webhooks", "RSA");
        Pair management = pair("management", "EC");
        try (Bench bench = ListeningService.prepared(new Bench(directory))
                .with("tandem.http.tls.certificate", webhooks.certificate().toString())
                .with("tandem.http.tls.key", webhooks.key().toString())
                .with(
                        "tandem.management.tls.certificate",
                        management.certificate().toString())
                .with("tandem.management.tls.key", management.key().toString())) {
            bench.adopt();
            try (RunningService service = RunningService.of(bench)) {
                URI event = URI.create("https://localhost:" + bench.setting("tandem.http.port") + "/webhooks/primero");
                await().until(() -> service.ended().isDone() || status(webhooks, event) == 401);
                assertThat(status(webhooks, event)).isEqualTo(401);

                URI health = URI.create(
                        "https://localhost:" + bench.setting("tandem.management.port") + "/observe/health/live");
                assertThat(status(management, health)).isEqualTo(200);
                assertThat(status(webhooks, health))
                        .as("that of the other port")
                        .isZero();
                assertThat(status(webhooks, URI.create(event.toString().replace("https", "http"))))
                        .as("in clear")
                        .isZero();
                assertThat(beside(bench).status().flows()).isNotEmpty();
                bench.with(
                                "tandem.management.tls.certificate",
                                webhooks.certificate().toString())
                        .with("tandem.management.tls.key", webhooks.key().toString());
                assertThatThrownBy(() -> beside(bench).status())
                        .as("whoever shows another certificate is not told the password")
                        .isInstanceOf(OperationFailed.class);
            }
        }
    }

    @Test
    void a_key_of_another_certificate_and_a_file_that_is_none_are_said_before_a_port_opens() throws Exception {
        Pair one = pair("one", "RSA");
        Pair other = pair("other", "RSA");
        Path none = Files.writeString(directory.resolve("none.pem"), "SYNTHETIC-NOT-A-KEY");
        try (Bench bench = new Bench(directory)
                .with("tandem.http.tls.certificate", one.certificate().toString())) {
            bench.with("tandem.http.tls.key", one.key().toString()).adopt();
            for (Path key : new Path[] {other.key(), none}) {
                bench.with("tandem.http.tls.key", key.toString());
                try (var operations = bench.open()) {
                    assertThatThrownBy(operations::run)
                            .isInstanceOf(OperationFailed.class)
                            .hasMessageContaining("tandem.http.tls.key: " + key)
                            .hasMessageNotContaining("SYNTHETIC-NOT");
                }
            }
        }
    }

    /** As a command in a process of its own would reach the service. */
    private static Operations beside(Bench bench) {
        return new AdminApi().ofRunningService(bench.settings());
    }

    /** @return 0 if no answer was got, or whoever answered is not trusted */
    private static int status(Pair trusted, URI address) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted.store());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(address);
            if (address.getPath().startsWith("/webhooks")) {
                request.POST(HttpRequest.BodyPublishers.ofString("{}"));
            }
            return HttpClient.newBuilder()
                    .sslContext(context)
                    .build()
                    .send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException refused) {
            return 0;
        }
    }

    /** Made by the JDK's own tool. */
    private Pair pair(String name, String kind) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        kind,
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(name + ".log").toFile())
                .start();
        assertThat(tool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(tool.exitValue()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream bytes = Files.newInputStream(store)) {
            keys.load(bytes, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, keys.getCertificate(name));
        return new Pair(
                pem(name, "CERTIFICATE", keys.getCertificate(name).getEncoded()),
                pem(
                        name,
                        "PRIVATE KEY",
                        keys.getKey(name, PASSWORD.toCharArray()).getEncoded()),
                trusted);
    }

    private Path pem(String name, String kind, byte[] bytes) throws IOException {
        return Files.writeString(
                directory.resolve(name + "." + kind.replace(" ", "-") + ".pem"),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                                .encodeToString(bytes)
                        + "\n-----END " + kind + "-----\n");
    }
}
