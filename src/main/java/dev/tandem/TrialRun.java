package dev.tandem;

import dev.tandem.command.Cli;
import dev.tandem.command.terminal.Surroundings;
import dev.tandem.console.Console;
import dev.tandem.engine.OpenedLedger;
import dev.tandem.operation.LocalOperations;
import dev.tandem.reader.ReaderTime;
import dev.tandem.settings.Settings;
import dev.tandem.settings.SettingsReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.ConnectException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A start and a stop on an empty ledger that is thrown away, calling nobody: what a JVM has loaded for it, it can write to an
 * archive that makes each later start faster. The launcher and the image have it done.
 */
final class TrialRun {
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 100;
    private static final List<String> SHOWN = List.of("/observe/health/ready", "/observe/metrics", "/console/");

    private final Map<String, String> settings;
    private final URI management;
    private final CompletableFuture<Runnable> stop = new CompletableFuture<>();

    private TrialRun(Path directory) throws IOException {
        try (ServerSocket primero = new ServerSocket(0);
                ServerSocket oscar = new ServerSocket(0);
                ServerSocket http = new ServerSocket(0);
                ServerSocket port = new ServerSocket(0)) {
            management = URI.create("http://127.0.0.1:" + port.getLocalPort());
            settings = Map.of(
                    "TANDEM_SETTINGS",
                    Files.createFile(directory.resolve("application.properties"))
                            .toString(),
                    "TANDEM_PRIMERO_URL",
                    "https://127.0.0.1:" + primero.getLocalPort(),
                    "TANDEM_PRIMERO_USER",
                    "trial",
                    "TANDEM_PRIMERO_PASSWORD",
                    "trial",
                    "TANDEM_OSCAR_URL",
                    "https://127.0.0.1:" + oscar.getLocalPort(),
                    "TANDEM_OSCAR_USER",
                    "trial@example.org",
                    "TANDEM_OSCAR_PASSWORD",
                    "trial",
                    "TANDEM_DB_URL",
                    "jdbc:h2:file:" + directory.resolve("ledger"),
                    "TANDEM_HTTP_PORT",
                    String.valueOf(http.getLocalPort()),
                    "TANDEM_MANAGEMENT_PORT",
                    String.valueOf(port.getLocalPort()));
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path directory = Files.createTempDirectory("tandem-trial");
        int code;
        try {
            code = new TrialRun(directory).begin();
        } finally {
            remove(directory);
        }
        System.exit(code);
    }

    private int begin() throws Exception {
        Settings read =
                SettingsReader.read(Optional.empty(), settings, Path.of("")).settings();
        try (OpenedLedger made = OpenedLedger.open(read, warning -> {})) {
            made.ledger().initialise("adopt", Optional.empty());
        }
        int code = Math.max(command("validate"), command("status"));
        if (code != 0) {
            return code;
        }
        CompletableFuture<Integer> service = CompletableFuture.supplyAsync(() -> command("run"));
        Runnable stopped = stop.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
        try {
            show(service);
        } finally {
            stopped.run();
        }
        return service.get(WITHIN.toSeconds(), TimeUnit.SECONDS);
    }

    private int command(String... words) {
        return new Cli(loaded -> LocalOperations.open(loaded, new Console()), surroundings()).execute(words);
    }

    /** What each of its pages answers does not matter: nobody has signed in. */
    private void show(CompletableFuture<Integer> service) throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        long began = System.nanoTime();
        for (String path : SHOWN) {
            while (!answers(client, path)) {
                if (service.isDone() || System.nanoTime() - began > WITHIN.toNanos()) {
                    throw new IllegalStateException("the service does not start");
                }
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }

    private boolean answers(HttpClient client, String path) throws IOException, InterruptedException {
        try {
            client.send(HttpRequest.newBuilder(management.resolve(path)).build(), BodyHandlers.discarding());
            return true;
        } catch (ConnectException notYet) {
            return false;
        }
    }

    private Surroundings surroundings() {
        return new Surroundings(
                settings,
                Path.of(""),
                new PrintWriter(Writer.nullWriter()),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                () -> "",
                false,
                stop::complete,
                told -> {},
                ReaderTime.here(),
                () -> {});
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
