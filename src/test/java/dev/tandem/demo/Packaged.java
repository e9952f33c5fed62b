package dev.tandem.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.sandbox.http.FreePort;
import dev.tandem.sandbox.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** The Tandem that ships, as a process of its own, with a ledger and a log in one directory. */
final class Packaged implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final String EVENT_SECRET = "synthetic-secret-of-the-demo";

    private final Launcher launcher;
    private final Path directory;
    private final int management;
    private final HttpClient http = HttpClient.newHttpClient();
    private Process process;

    private Packaged(Launcher launcher, Path directory, int management) {
        this.launcher = launcher;
        this.directory = directory;
        this.management = management;
    }

    /** Writes the settings and makes a ledger; nothing runs yet. */
    static Packaged between(Sides sides, Path home, Launcher launcher, Path directory) {
        int management = FreePort.any();
        int webhooks = FreePort.any();
        Packaged tandem = new Packaged(launcher, directory, management);
        try {
            Files.createDirectories(directory);
            Files.writeString(tandem.settings(), """
                    # Written by the demo. What each setting means: docs/reference/settings.md
                    tandem.primero.url = %s
                    tandem.primero.user = %s
                    tandem.primero.password = %s
                    tandem.oscar.url = %s
                    tandem.oscar.user = %s
                    tandem.oscar.password = %s

                    # Primero tells each change by an event; a gateway beside OSCaR could sign its events with the second.
                    tandem.primero.webhook.secret = %s
                    tandem.oscar.webhook.secret = whsec_c3ludGhldGljLXNlY3JldC1vZi10aGUtZGVtbw==

                    # Every few seconds, so that there is something to watch; the defaults are hourly and nightly.
                    tandem.oscar.schedule = 0/3 * * * * ?
                    tandem.primero.schedule = 1/10 * * * * ?
                    tandem.oscar.full-schedule = 20 * * * * ?
                    tandem.primero.full-schedule = 50 * * * * ?
                    tandem.call-timeout = 10s
                    tandem.retry.min = 1s
                    tandem.retry.max = 5s
                    tandem.oscar.lost-answer-wait = 5s

                    tandem.db.url = jdbc:h2:file:%s
                    tandem.routes.dir = %s
                    tandem.mappings.dir = %s
                    tandem.http.port = %d
                    tandem.management.port = %d
                    """.formatted(
                            sides.primero.url(),
                            sides.primero.options().user(),
                            sides.primero.options().password(),
                            sides.oscar.url(),
                            sides.oscar.settings().email(),
                            sides.oscar.settings().password(),
                            EVENT_SECRET,
                            plain(directory.resolve("ledger")),
                            plain(home.resolve("routes")),
                            plain(home.resolve("mappings")),
                            webhooks,
                            management));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sides.tellEvents("http://127.0.0.1:" + webhooks + "/webhooks/primero", EVENT_SECRET);
        tandem.init();
        return tandem;
    }

    Path settings() {
        return directory.resolve("application.properties");
    }

    Path log() {
        return directory.resolve("tandem.log");
    }

    /** Where its health and metrics are. */
    String observe() {
        return "http://127.0.0.1:" + management + "/observe";
    }

    /** Starts the service and waits until it is ready, or nobody waits for it any more. */
    void start(BooleanSupplier givenUp) {
        process = begin("run");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady()) {
            if (givenUp.getAsBoolean()) {
                return;
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("Tandem did not start: see " + log());
            }
            pause();
        }
    }

    /** Without a chance to finish anything, as a lost machine would. */
    void kill() {
        launcher.kill(process);
        await(process);
    }

    /** An orderly stop. @return its exit code */
    int stop() {
        process.destroy();
        return await(process);
    }

    /** How many referrals may have arrived twice, as Tandem itself says once it has stopped. */
    int possibleRepeats() {
        Path report = directory.resolve("status.json");
        await(begin(ProcessBuilder.Redirect.to(report.toFile()), "status", "--json"));
        try {
            int sum = 0;
            for (JsonNode flow : Json.MAPPER.readTree(report.toFile()).path("flows")) {
                sum += flow.path("possibleRepeats").asInt();
            }
            return sum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null && process.isAlive()) {
            stop();
        }
    }

    private void init() {
        Process init = begin("init", "--adopt");
        if (await(init) != 0) {
            throw new IllegalStateException("Tandem could not make its ledger: see " + log());
        }
    }

    private Process begin(String... command) {
        return begin(ProcessBuilder.Redirect.appendTo(log().toFile()), command);
    }

    private Process begin(ProcessBuilder.Redirect output, String... command) {
        List<String> words = new ArrayList<>(launcher.command(directory));
        words.addAll(List.of(command));
        words.addAll(List.of("--settings", settings().toString()));
        try {
            return new ProcessBuilder(words)
                    .directory(directory.toFile())
                    .redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .redirectOutput(output)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isReady() {
        HttpRequest ask = HttpRequest.newBuilder(URI.create(observe() + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(ask, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static int await(Process process) {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw interrupted(e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }

    /** A settings file takes backslashes for escapes. */
    private static String plain(Path path) {
        return path.toString().replace('\\', '/');
    }
}
