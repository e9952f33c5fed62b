package dev.tandem.endtoend;

import static org.awaitility.Awaitility.await;

import dev.tandem.sandbox.http.FreePort;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Tandem in a process of its own, with an environment of its own. */
final class TandemProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final Bench bench;

    private TandemProcess(Process process, Path log, Bench bench) {
        this.process = process;
        this.log = log;
        this.bench = bench;
    }

    /** Begins a command, made of the classes that are being tested. */
    static TandemProcess begin(
            Bench bench, Path directory, Map<String, String> environment, List<String> javaOptions, String... command) {
        List<String> java = new ArrayList<>();
        java.add("-XX:TieredStopAtLevel=1");
        java.addAll(javaOptions);
        java.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.tandem.Tandem"));
        return begin(bench, directory, environment, java, List.of(command));
    }

    /** Begins a command of the packaged jar. */
    static TandemProcess packaged(Bench bench, Path directory, List<String> javaOptions, String... command) {
        List<String> java = new ArrayList<>(javaOptions);
        java.addAll(List.of("-jar", System.getProperty("tandem.jar", "target/tandem.jar")));
        return begin(bench, directory, Map.of(), java, List.of(command));
    }

    private static TandemProcess begin(
            Bench bench, Path directory, Map<String, String> environment, List<String> java, List<String> command) {
        bench.with("tandem.http.port", String.valueOf(FreePort.any()))
                .with("tandem.management.port", String.valueOf(FreePort.any()));
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(java);
        line.addAll(command);
        line.addAll(List.of("--settings", bench.settingsFile().toString()));
        Path log = directory.resolve("process.log");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        try {
            return new TandemProcess(builder.start(), log, bench);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready for work, or has ended. */
    TandemProcess ready() {
        await().pollInterval(Duration.ofMillis(100))
                .until(() -> !process.isAlive() || status(managementUrl("/observe/health/ready")) == 200);
        if (!process.isAlive()) {
            throw new IllegalStateException("it ended with " + process.exitValue() + ":\n" + log());
        }
        return this;
    }

    String url(String path) {
        return "http://127.0.0.1:" + bench.setting("tandem.http.port") + path;
    }

    String managementUrl(String path) {
        return "http://127.0.0.1:" + bench.setting("tandem.management.port") + path;
    }

    private static int status(String url) {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(url))
                                    .timeout(Duration.ofSeconds(5))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Tells it to stop, as Kubernetes does, and waits. */
    int stopped() {
        process.destroy();
        return ended();
    }

    int ended() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("it did not end:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The most that it ever had of the machine's. */
    long mostMemoryMegabytes() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
