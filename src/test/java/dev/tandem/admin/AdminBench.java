package dev.tandem.admin;

import com.zaxxer.hikari.HikariDataSource;
import dev.tandem.ledger.Ledger;
import dev.tandem.ledger.TestDatabase;
import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import dev.tandem.observe.FlowControl;
import dev.tandem.observe.Overview;
import dev.tandem.operation.ServiceCommands;
import dev.tandem.operation.SyncJobs;
import dev.tandem.operation.compare.CompareJobs;
import dev.tandem.operation.report.SyncReport;
import dev.tandem.operation.request.SyncRequest;
import dev.tandem.settings.AdminSettings;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.main.Main;

/** The admin API on a management port of its own, in front of an empty ledger; spoken to in bytes. */
final class AdminBench implements AutoCloseable {
    private static final Settings SYSTEMS = SettingsReader.read(
                    Optional.empty(),
                    Map.of(
                            "TANDEM_PRIMERO_URL", "https://primero.example.org",
                            "TANDEM_PRIMERO_USER", "tandem",
                            "TANDEM_PRIMERO_PASSWORD", "synthetic-password-1",
                            "TANDEM_OSCAR_URL", "https://oscar.example.org",
                            "TANDEM_OSCAR_USER", "tandem",
                            "TANDEM_OSCAR_PASSWORD", "synthetic-password-1"),
                    Path.of("nowhere"))
            .settings();

    record Answer(int status, String head, String body) {}

    final HikariDataSource database = TestDatabase.H2.fresh();
    final Ledger ledger;
    final int port;
    CompletableFuture<SyncReport> syncEnds = new CompletableFuture<>();
    final List<SyncRequest> syncsAsked = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final Main main = new Main();
    final List<String> flowsAsked = new java.util.concurrent.CopyOnWriteArrayList<>();
    private final FlowControl flows = new FlowControl() {
        @Override
        public String syncNow(String flow) {
            return asked("sync " + flow);
        }

        @Override
        public String pause(String flow) {
            return asked("pause " + flow);
        }

        @Override
        public String resume(String flow) {
            return asked("resume " + flow);
        }

        @Override
        public String retryParked(String flow) {
            return asked("retry " + flow);
        }

        private String asked(String words) {
            flowsAsked.add(words);
            return words;
        }
    };
    private final SyncJobs syncs;

    AdminBench(AdminSettings settings) {
        ledger = Ledger.open(database, LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()));
        ledger.identity().confirm(false);
        ledger.initialise("adopt", Optional.empty());
        ledger.initialise("adopt", Optional.empty());
        ledger.gates().register("oscar", "hash");
        syncs = new SyncJobs((request, progress) -> {
            syncsAsked.add(request);
            progress.begin("reading OSCaR", 7);
            progress.reached(3);
            return syncEnds.join();
        });
        main.setDefaultPropertyPlaceholderLocation("false");
        main.addOverrideProperty("camel.management.enabled", "true");
        main.addOverrideProperty("camel.management.port", "0");
        main.addOverrideProperty("camel.management.health-check-enabled", "true");
        main.start();
        AdminApi.mount(
                VertxPlatformHttpRouter.lookup(
                        main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(0)),
                new AdminGuard(settings),
                new ServiceCommands(
                        SYSTEMS,
                        ledger,
                        () -> List.of("oscar-to-primero", "primero-to-oscar"),
                        (route, headers) -> {
                            throw new AssertionError("no test here calls a system");
                        },
                        syncs,
                        new CompareJobs(
                                () -> {
                                    throw new IllegalStateException("nothing is compared here");
                                },
                                report -> {}),
                        flows,
                        request -> {
                            throw new AssertionError("no test here looks at a system");
                        },
                        () -> new Overview(
                                ledger.clock().now(),
                                List.of(),
                                List.of(),
                                List.of(),
                                Optional.empty(),
                                Optional.empty(),
                                ""),
                        List::of));
        port = VertxPlatformHttpRouter.lookup(main.getCamelContext(), VertxPlatformHttpRouter.getRouterNameFromPort(0))
                .getServer()
                .getPort();
    }

    static AdminSettings open() {
        return new AdminSettings(Optional.empty(), Optional.empty(), java.util.Set.of());
    }

    Answer get(String path, String... headers) {
        return ask(InetAddress.getLoopbackAddress(), "GET", path, "", headers);
    }

    /** From another address of this machine. */
    Answer get(InetAddress from, String path, String... headers) {
        return ask(from, InetAddress.getLoopbackAddress(), "GET", path, "", headers);
    }

    /** With all that a request needs that changes something. */
    Answer post(String path, String body, String... headers) {
        String[] all = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("X-Tandem: 1", "Content-Type: application/json"),
                        java.util.stream.Stream.of(headers))
                .toArray(String[]::new);
        return ask(InetAddress.getLoopbackAddress(), "POST", path, body, all);
    }

    /** A header {@code Host} among them takes the place of the usual one. */
    Answer ask(InetAddress to, String method, String path, String body, String... headers) {
        return ask(null, to, method, path, body, headers);
    }

    private Answer ask(InetAddress from, InetAddress to, String method, String path, String body, String... headers) {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        boolean named = List.of(headers).stream().anyMatch(header -> header.startsWith("Host:"));
        if (!named) {
            request.append("Host: localhost:").append(port).append("\r\n");
        }
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        request.append("Connection: close\r\nContent-Length: ")
                .append(bytes.length)
                .append("\r\n\r\n");
        try (Socket socket = new Socket(to, port, from, 0)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int end = answer.indexOf("\r\n\r\n");
            return new Answer(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        syncEnds.cancel(true);
        syncs.close();
        main.stop();
        database.close();
    }
}
