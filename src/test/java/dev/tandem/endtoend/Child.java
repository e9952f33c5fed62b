package dev.tandem.endtoend;

import dev.tandem.sandbox.http.FreePort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged Tandem in a process of its own, to be killed, stopped and woken as an operating system does it. */
final class Child implements AutoCloseable {
    /** What the shell reports of a process that was ended by signal 9. */
    private static final int KILLED = 128 + 9;

    private final Process process;

    private Child(Process process) {
        this.process = process;
    }

    /** Starts {@code tandem run}; what it prints is appended to the log. */
    static Child run(Bench bench, Path log, String... options) {
        return run(bench, log, Map.of(), options);
    }

    /** The same, with variables that go before the bench's settings; several may share a bench. */
    static Child run(Bench bench, Path log, Map<String, String> variables, String... options) {
        Path settings = bench.settingsFile();
        try {
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString()));
            // It lives for seconds: the better compiler would only be in the way.
            words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
            words.addAll(List.of(options));
            words.addAll(List.of("-jar", System.getProperty("tandem.jar"), "run", "--settings", settings.toString()));
            ProcessBuilder process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            process.environment().put("TANDEM_HTTP_PORT", String.valueOf(FreePort.any()));
            process.environment().put("TANDEM_MANAGEMENT_PORT", String.valueOf(FreePort.any()));
            process.environment().putAll(variables);
            return new Child(process.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** {@code kill -9}. */
    void kill() {
        process.destroyForcibly();
        if (awaitEnd() != KILLED) {
            throw new AssertionError("it had ended by itself before it was killed: " + process.exitValue());
        }
    }

    /** An orderly end, as the operating system asks for it. */
    void end() {
        process.destroy();
        if (awaitEnd() != 0) {
            throw new AssertionError("it ended with " + process.exitValue());
        }
    }

    /** {@code kill -STOP}: it stands still, and knows nothing of it. */
    void stop() {
        signal("-STOP");
    }

    /** {@code kill -CONT}. */
    void wake() {
        signal("-CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder("kill", name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new AssertionError("kill " + name + " did not work");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("it did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        awaitEnd();
    }
}
