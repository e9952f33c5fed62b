package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.world.OscarWorld;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fifty thousand clients behind a gateway that gives up long before one answer could hold them all; takes minutes. */
class BigFeedWindowsIT {
    @TempDir
    Path directory;

    @Test
    void behind_a_gateway_that_gives_up_after_a_minute_all_of_them_are_marked_by_windows() throws Exception {
        try (PrimeroSimulator primero = PrimeroSimulator.start();
                OscarSimulator oscar = OscarSimulator.start()) {
            primero.worker().newCase(Children.of("Somebody", "Else"));
            PackagedJar tandem =
                    new PackagedJar(directory, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=gc.log");
            BigFeedIT.settings(tandem, primero, oscar, "synthetic-password");
            assertThat(tandem.run(Duration.ofMinutes(3), "init", "--adopt").code())
                    .isZero();
            OscarWorld.populate(oscar, BigFeedIT.CLIENTS, 7);
            BigFeedIT.settings(tandem, primero, oscar, "another-password");
            long whole = BigFeedIT.sweep(tandem);

            // 20 ms a row, in the simulator's time: 3,000 rows fit into one answer.
            oscar.switches().gateway(Duration.ofMillis(20), Duration.ofSeconds(60));
            // In one answer it fails; where the first reading took so long already, it is not tried.
            tandem.run(Duration.ofMinutes(10), "sync", "--full", "--wait", "1s", "--json");
            // A client on the edge of two windows is in both.
            assertThat(BigFeedIT.sweep(tandem)).isBetween(whole, whole + 200);
        }
    }
}
