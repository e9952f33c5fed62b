package dev.tandem.chaos;

import dev.tandem.sandbox.http.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/** One packaged Tandem in a process of its own. Started again, it has the same ports. */
final class Replica implements AutoCloseable {
    final int number;
    final int http = FreePort.any();
    private final int management = FreePort.any();
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofMillis(500)).build();
    private final List<String> java;
    private final Path settings;
    private final Path log;
    private final Map<String, String> variables;
    private Process process;
    /** Words before {@code java}, such as a wrong clock. */
    private List<String> prefix = List.of();

    private boolean stopped;
    private boolean up;

    Replica(int number, List<String> java, Path settings, Path log, Map<String, String> variables) {
        this.number = number;
        this.java = java;
        this.settings = settings;
        this.log = log;
        this.variables = variables;
    }

    void start() {
        List<String> words = new ArrayList<>(prefix);
        words.addAll(java);
        words.addAll(List.of("run", "--settings", settings.toString()));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("TANDEM_HTTP_PORT", String.valueOf(http));
        builder.environment().put("TANDEM_MANAGEMENT_PORT", String.valueOf(management));
        // A clock that goes wrong must not take the measure of passing time with it.
        builder.environment().put("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        builder.environment().putAll(variables);
        try {
            process = builder.start();
            stopped = false;
            up = false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void startWith(List<String> wordsBefore) {
        prefix = wordsBefore;
        start();
    }

    boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Whether it has answered since it was started. */
    boolean isUp() {
        up = isAlive() && (up || open().isPresent());
        return up;
    }

    boolean isStopped() {
        return stopped;
    }

    /** {@code kill -9}, of whatever was started before it too. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        end(20);
    }

    void stop() {
        stopped = true;
        signal("-STOP");
    }

    void wake() {
        stopped = false;
        signal("-CONT");
    }

    /** As the operating system asks for it. @return its exit code, or -1 if it had to be killed */
    int endOrderly() {
        process.destroy();
        return end(40) ? process.exitValue() : -1;
    }

    private boolean end(int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return true;
            }
            process.destroyForcibly().waitFor();
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill " + name + " did not work");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Records that are not at rest, as it says itself; nothing while it does not answer or does not know. */
    OptionalDouble open() {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/observe/metrics"))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            double[] numbers = answer.body()
                    .lines()
                    .filter(line -> line.startsWith("tandem_pending{") || line.startsWith("tandem_leased{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .filter(Double::isFinite)
                    .toArray();
            return numbers.length < 4 ? OptionalDouble.empty() : OptionalDouble.of(sum(numbers));
        } catch (IOException notNow) {
            return OptionalDouble.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double sum(double[] numbers) {
        double sum = 0;
        for (double number : numbers) {
            sum += number;
        }
        return sum;
    }

    @Override
    public void close() {
        if (isAlive()) {
            kill();
        }
    }
}
