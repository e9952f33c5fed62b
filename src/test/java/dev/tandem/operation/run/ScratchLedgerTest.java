package dev.tandem.operation.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.ledger.storage.LedgerSettings;
import dev.tandem.ledger.storage.Seal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchLedgerTest {
    @TempDir
    Path temporary;

    @Test
    void the_copy_of_a_ledger_does_not_outlive_a_process_that_a_signal_ends() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Planning.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(output.lines().filter("open"::equals).findFirst()).isPresent();
            assertThat(temporary).isDirectoryContaining("glob:**tandem-plan*");

            process.destroy();

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(temporary).isDirectoryNotContaining("glob:**tandem-plan*");
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program that has one open until it is ended. */
    static final class Planning {
        private Planning() {}

        public static void main(String[] none) throws InterruptedException {
            try (ScratchLedger scratch =
                    ScratchLedger.empty(LedgerSettings.defaults(), new Seal(new byte[32], Optional.empty()))) {
                System.out.println(scratch.ledger().origin().isEmpty() ? "open" : "not empty");
                new CountDownLatch(1).await();
            }
        }
    }
}
