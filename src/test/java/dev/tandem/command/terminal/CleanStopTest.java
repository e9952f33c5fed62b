package dev.tandem.command.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In a JVM of its own each, because what is tested is how one ends. */
class CleanStopTest {
    @TempDir
    Path directory;

    @Test
    void a_signal_lets_the_command_end_and_keeps_its_exit_code() throws Exception {
        assertThat(endOf("orderly", true)).isEqualTo(0);
    }

    @Test
    void a_command_that_does_not_end_is_cut_off_with_exit_code_1() throws Exception {
        assertThat(endOf("stuck", true)).isEqualTo(1);
    }

    @Test
    void a_start_that_fails_ends_at_once_with_its_own_code() throws Exception {
        assertThat(endOf("failed", false)).isEqualTo(2);
    }

    @Test
    void a_command_that_a_signal_cuts_short_tells_what_stands_and_ends_as_every_process_does() throws Exception {
        assertThat(endOf("cut", true)).isEqualTo(143);
        assertThat(directory.resolve("err")).content().contains("half was done");
    }

    @Test
    void a_command_that_has_ended_was_not_cut_short() throws Exception {
        assertThat(endOf("over", false)).isEqualTo(0);
        assertThat(directory.resolve("err")).content().doesNotContain("half was done");
    }

    private int endOf(String behaviour, boolean signal) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Ending.class.getName(),
                        behaviour)
                .redirectError(directory.resolve("err").toFile())
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.readLine()).isEqualTo("running");
            if (signal) {
                process.destroy();
            }
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program with one command, which ends in the way that it is told. */
    static final class Ending {
        private Ending() {}

        public static void main(String[] behaviour) {
            boolean stuck = behaviour[0].equals("stuck");
            CleanStop end = new CleanStop(stuck ? Duration.ofMillis(100) : Duration.ofMinutes(1));
            CountDownLatch told = new CountDownLatch(1);
            end.exitAfter(() -> {
                if (behaviour[0].equals("cut") || behaviour[0].equals("over")) {
                    end.ifCutShort(() -> System.err.println("half was done"));
                } else {
                    end.onSignal(stuck ? () -> {} : told::countDown);
                }
                System.out.println("running");
                if (behaviour[0].equals("failed")) {
                    return 2;
                }
                if (behaviour[0].equals("over")) {
                    return 0;
                }
                try {
                    told.await();
                } catch (InterruptedException unexpected) {
                    return 9;
                }
                return 0;
            });
        }
    }
}
