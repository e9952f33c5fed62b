package dev.tandem.database;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.sandbox.http.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A real PgBouncer before a PostgreSQL. Skipped where it is not installed, unless all tools have to be there. */
public final class PgBouncer implements AutoCloseable {
    private final Process process;
    private final int port = FreePort.any();
    private final String database;

    /**
     * Starts one.
     *
     * @param url of the database behind it
     * @param users the database's users that come through it, each with its password
     */
    public PgBouncer(Path directory, String mode, String url, Map<String, String> users, Map<String, String> options) {
        String program = program();
        database = url.replaceFirst("^jdbc:postgresql://[^/]+/([^?]+).*$", "$1");
        Map<String, String> settings = new TreeMap<>(Map.of(
                "listen_addr", "127.0.0.1",
                "listen_port", String.valueOf(port),
                "auth_type", "plain",
                "auth_file", directory.resolve("users.txt").toString(),
                "unix_socket_dir", "",
                "pool_mode", mode,
                "max_client_conn", "200",
                "default_pool_size", "30"));
        settings.putAll(options);
        StringBuilder text = new StringBuilder("[databases]\n* = host=127.0.0.1 port=")
                .append(url.replaceFirst("^jdbc:postgresql://[^:]+:(\\d+)/.*$", "$1"))
                .append("\n[pgbouncer]\n");
        settings.forEach(
                (name, value) -> text.append(name).append(" = ").append(value).append('\n'));
        StringBuilder list = new StringBuilder();
        users.forEach((user, password) ->
                list.append('"').append(user).append("\" \"").append(password).append("\"\n"));
        try {
            Files.writeString(directory.resolve("users.txt"), list);
            Path file = Files.writeString(directory.resolve("pgbouncer.ini"), text);
            List<String> command = new ArrayList<>(List.of(program));
            if (System.getProperty("user.name").equals("root")) {
                // It does not run as root, and nobody must be able to read what it is given.
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
                command.addAll(List.of("-u", "nobody"));
            }
            command.add(file.toString());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("pgbouncer.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(this::answers);
    }

    private boolean answers() {
        if (!process.isAlive()) {
            throw new IllegalStateException("PgBouncer ended at once: see pgbouncer.log");
        }
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The address of the database through it. */
    public String url() {
        return url("127.0.0.1", "");
    }

    public String url(String host, String options) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + options;
    }

    private static String program() {
        Optional<Path> found = Stream.concat(
                        Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
        boolean mustBeThere = "yes".equals(System.getenv("ALL_TEST_TOOLS"));
        assumeTrue(found.isPresent() || mustBeThere, "pgbouncer is not installed: a pooler is not tried");
        return found.orElseThrow(() -> new IllegalStateException("pgbouncer is not installed"))
                .toString();
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
