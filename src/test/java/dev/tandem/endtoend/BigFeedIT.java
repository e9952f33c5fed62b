package dev.tandem.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.endtoend.PackagedJar.Ended;
import dev.tandem.sandbox.oscar.OscarSimulator;
import dev.tandem.sandbox.primero.PrimeroSimulator;
import dev.tandem.sandbox.world.OscarWorld;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged jar with a heap of 256 MB reads a feed of 50,000 clients, which has no pages and comes as one answer. Primero is
 * closed meanwhile, so that what is measured is the reading and marking and not what follows from it.
 */
class BigFeedIT {
    static final int CLIENTS = 50_000;

    @TempDir
    Path directory;

    @Test
    void fifty_thousand_clients_are_marked_in_a_quarter_of_a_gigabyte() throws Exception {
        try (PrimeroSimulator primero = PrimeroSimulator.start();
                OscarSimulator oscar = OscarSimulator.start()) {
            primero.worker().newCase(Children.of("Somebody", "Else"));
            PackagedJar tandem =
                    new PackagedJar(directory, "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=gc.log");
            settings(tandem, primero, oscar, "synthetic-password");
            assertThat(tandem.run(Duration.ofMinutes(3), "init", "--adopt").code())
                    .isZero();
            OscarWorld.populate(oscar, CLIENTS, 7);
            settings(tandem, primero, oscar, "another-password");

            long marked = sweep(tandem);
            assertThat(marked).isGreaterThan((long) (CLIENTS * 0.9)).isLessThanOrEqualTo(CLIENTS);
            // Again, all of it: what is known is updated, not inserted.
            assertThat(sweep(tandem)).isEqualTo(marked);
        }
    }

    /** @return how many were marked */
    static long sweep(PackagedJar tandem) throws Exception {
        long began = System.nanoTime();
        Ended sync = tandem.run(Duration.ofMinutes(10), "sync", "--full", "--wait", "1s", "--json");
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        assertThat(sync.code()).as(sync.err()).isEqualTo(4);
        JsonNode report = new ObjectMapper().readTree(sync.out());
        JsonNode sweep = report.at("/sweeps/0");
        assertThat(sweep.path("source").asText()).isEqualTo("oscar");
        assertThat(report.path("reasons").toString()).doesNotContain("the sweep of oscar ended early");
        System.out.println(sweep.path("marked") + " clients marked in " + took);
        return sweep.path("marked").asLong();
    }

    static void settings(PackagedJar tandem, PrimeroSimulator primero, OscarSimulator oscar, String password) {
        tandem.settings("""
                tandem.primero.url = %s
                tandem.primero.user = tandem
                tandem.primero.password = %s
                tandem.oscar.url = %s
                tandem.oscar.user = sync@example.org
                tandem.oscar.password = secret
                """.formatted(primero.url(), password, oscar.url()));
    }
}
