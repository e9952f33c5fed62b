package dev.tandem.sandbox.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate authority that nobody knows, made by the JDK's own tool, and a server's certificate from it. */
public final class PrivateCa {
    private static final String PASSWORD = "synthetic-password";

    private final Path directory;
    /** The authority's certificate, as PEM. */
    public final Path certificate;

    public PrivateCa(Path directory) {
        this.directory = directory;
        certificate = directory.resolve("ca.pem");
        keytool("-genkeypair", "-alias", "ca", "-keyalg", "EC", "-dname", "CN=Example authority", "-ext", "bc:c");
        keytool("-exportcert", "-alias", "ca", "-rfc", "-file", certificate.toString());
    }

    /**
     * A server's key and certificate.
     *
     * @param names as keytool takes them, such as {@code dns:localhost,ip:127.0.0.1}
     */
    public Server server(String names) {
        Path request = directory.resolve("request.pem");
        Path answer = directory.resolve("answer.pem");
        keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=Example server");
        keytool("-certreq", "-alias", "server", "-file", request.toString());
        keytool(
                "-gencert",
                "-alias",
                "ca",
                "-rfc",
                "-ext",
                "san=" + names,
                "-infile",
                request.toString(),
                "-outfile",
                answer.toString());
        keytool("-importcert", "-noprompt", "-alias", "server", "-file", answer.toString());
        return new Server();
    }

    /** As files for a program of its own, and as a context for one in this JVM. */
    public final class Server {
        public final Path key = directory.resolve("server-key.pem");
        public final Path chain = directory.resolve("server.pem");

        private Server() {
            try {
                KeyStore store = store();
                write(
                        key,
                        List.of(pem(
                                "PRIVATE KEY",
                                store.getKey("server", PASSWORD.toCharArray()).getEncoded())));
                List<String> certificates = new ArrayList<>();
                for (Certificate one : store.getCertificateChain("server")) {
                    certificates.add(pem("CERTIFICATE", one.getEncoded()));
                }
                write(chain, certificates);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        public SSLContext context() {
            try {
                KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                keys.init(store(), PASSWORD.toCharArray());
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(keys.getKeyManagers(), null, null);
                return context;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private KeyStore store() throws GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("keys.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    private static void write(Path file, List<String> texts) {
        try {
            Files.write(file, String.join("", texts).getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of(
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                directory.resolve("keys.p12").toString()));
        try {
            Path log = directory.resolve("keytool.log");
            Process tool = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!tool.waitFor(60, TimeUnit.SECONDS) || tool.exitValue() != 0) {
                throw new IllegalStateException(Files.readString(log));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
