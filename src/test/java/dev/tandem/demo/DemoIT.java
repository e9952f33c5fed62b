package dev.tandem.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a new user sees first. */
class DemoIT {
    private static final Path HOME = Path.of("").toAbsolutePath();
    private static final Path JAR =
            Path.of(System.getProperty("tandem.jar", "target/tandem.jar")).toAbsolutePath();

    @TempDir
    Path directory;

    @Test
    void referrals_and_decisions_cross_both_ways_and_it_ends_by_itself() {
        PlayedDemo played = PlayedDemo.by(new JarLauncher(JAR), HOME, directory, Duration.ofMillis(300));

        played.isInStep();
        // A path may be as long as it likes.
        assertThat(played.told().lines().filter(line -> !line.contains(directory.toString())))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void told_to_stop_it_takes_its_tandem_with_it() throws IOException, InterruptedException {
        Path told = directory.resolve("told");
        Process demo = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Ddemo.home=" + HOME,
                        "-Ddemo.jar=" + JAR,
                        "-Ddemo.directory=" + directory.resolve("demo"),
                        "-Ddemo.pace=300",
                        Demo.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(told.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(told).contains("==>   "));
            List<ProcessHandle> tandem = demo.descendants().toList();
            assertThat(tandem).isNotEmpty();

            demo.destroy();

            assertThat(demo.waitFor(90, TimeUnit.SECONDS)).isTrue();
            assertThat(tandem).noneMatch(ProcessHandle::isAlive);
            assertThat(Files.readString(told))
                    .contains("Tandem has stopped (exit code 0)")
                    .doesNotContain("Exception");
        } finally {
            demo.descendants().forEach(ProcessHandle::destroyForcibly);
            demo.destroyForcibly();
        }
    }
}
